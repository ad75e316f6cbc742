import BillLedger
import Hashing

/// Rows of a file about customers and accounts that another file's `--update-parties` may still have changed.
package struct BarredRows: Hashable, Sendable {
  private(set) var rows = 0
  /// The first such file.
  private var file: FileIdentity?

  /// Counts a row. Which file it is, is asked for once: it may take the ledger a while.
  mutating func note<E: Error>(file: () throws(E) -> FileIdentity?) throws(E) {
    rows += 1
    if self.file == nil { self.file = try file() }
  }

  /// What is to be done about them; `nil` where there are none.
  package var words: String? {
    guard let file else { return nil }
    return
      "\(rows) \(rows == 1 ? "row is about a customer or account" : "rows are about customers or accounts") that the "
      + "--update-parties of another file (\(file.name)) isn't through with: submit that file again first, or where it is "
      + "lost, let go of it with --strike-off \(file.digest.short)."
  }
}
