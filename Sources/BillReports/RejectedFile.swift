/// The file of a report that holds the rows to mend: in the source's own format.
package struct RejectedFile: Sendable {
  /// What its name begins with, as that of the reasons beside it does.
  static let stem = "rejected."

  /// What its name ends in: `csv`, `txt`, `csv.gz`.
  package var nameExtension: String
  /// What stands before the rows.
  package var opening: [UInt8]
  /// Whether the reasons stand in a file of their own, since rows have no columns that they could be put into.
  package var listsReasons: Bool

  package init(nameExtension: String, opening: [UInt8], listsReasons: Bool) {
    self.nameExtension = nameExtension
    self.opening = opening
    self.listsReasons = listsReasons
  }

  /// Its name.
  package var name: String { Self.stem + nameExtension }

  /// The name of the file of reasons.
  static let reasonsName = "rejected.reasons.csv"
}
