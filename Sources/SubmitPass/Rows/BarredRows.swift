/// Rows of a file about customers and accounts that another file's `--update-parties` is still to change, or may still have
/// changed.
package struct BarredRows: Hashable, Sendable {
  private(set) var rows = 0
  /// The name of the first such file.
  private var file: String?

  mutating func note(file: String) {
    rows += 1
    if self.file == nil { self.file = file }
  }

  /// What is to be done about them; `nil` where there are none.
  package var words: String? {
    guard let file else { return nil }
    return
      "\(rows) \(rows == 1 ? "row is about a customer or account" : "rows are about customers or accounts") that the "
      + "--update-parties of another file (\(file)) isn't through with: submit that file again first."
  }
}
