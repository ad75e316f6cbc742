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

  mutating func note(_ reference: String, file: String) {
    rows += 1
    if self.reference == nil { (self.reference, self.file) = (reference, file) }
  }

  /// What is to be done about them; `nil` where there are none.
  package var words: String? {
    guard let reference else { return nil }
    let subject = rows == 1 ? "row is on a bill" : "rows are on bills"
    return areThere
      ? "\(rows) \(subject) that another file isn't through with (\(reference), of \(file)): run that file to its end first."
      : "\(rows) \(subject) that the API doesn't have yet, and that another file is still to raise (\(reference), of "
        + "\(file)): run that file to its end first."
  }
}
