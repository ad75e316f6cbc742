/// Bills that rows of a file are on, and that rows of other files are still to raise, or are at.
package struct AwaitedBills: Hashable, Sendable {
  /// Whether they are there, and what becomes of them isn't known; else they are still to be raised.
  private let areThere: Bool
  /// How many rows are on such bills.
  private(set) var rows = 0
  /// The first of these bills.
  private var reference: String?
  /// The name of the file whose row it is.
  private var file = ""

  init(areThere: Bool) { self.areThere = areThere }

  /// Counts a row. The name of the file is asked for once: it may take the ledger a while.
  mutating func note<E: Error>(_ reference: String, file: () throws(E) -> String) throws(E) {
    rows += 1
    if self.reference == nil { (self.reference, self.file) = (reference, try file()) }
  }

  /// What is to be done about them; `nil` where there are none.
  package var words: String? {
    guard let reference else { return nil }
    let subject = rows == 1 ? "row is on a bill" : "rows are on bills"
    let first = "\(rows == 1 ? "" : "the first of them ")\(reference), of \(file)"
    let wait =
      areThere
      ? "another file isn't through with" : "the API doesn't have yet, and that another file is still to raise"
    return "\(rows) \(subject) that \(wait) (\(first)): run that file to its end first."
  }
}
