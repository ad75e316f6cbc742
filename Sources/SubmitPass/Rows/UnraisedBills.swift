/// Bills that rows of a file are on, and that rows of other files are still to raise.
package struct UnraisedBills: Hashable, Sendable {
  /// How many rows are on such bills.
  private(set) var rows = 0
  /// The first of these bills.
  private var reference: String?
  /// The name of the file that is to raise it.
  private var file = ""

  mutating func note(_ reference: String, file: String) {
    rows += 1
    if self.reference == nil { (self.reference, self.file) = (reference, file) }
  }

  /// What is to be done about them; `nil` where there are none.
  package var words: String? {
    guard let reference else { return nil }
    return "\(rows) \(rows == 1 ? "row is on a bill" : "rows are on bills") that the API doesn't have yet, and that "
      + "another file is still to raise (\(reference), of \(file)): run that file to its end first."
  }
}
