/// How a CSV is written, as a layout states it.
package struct CSVForm: Hashable, Sendable {
  /// What becomes of columns that no field and no control names.
  package enum OtherColumns: String, Hashable, Sendable { case ignore, reject, metadata }

  /// One ASCII byte, as are `quote` and `escape`.
  package var delimiter: UInt8 = UInt8(ascii: ",")
  package var quote: UInt8? = UInt8(ascii: "\"")
  /// Stands before a quote in a value, where quotes are not doubled.
  package var escape: UInt8?
  package var hasHeading = true
  /// How many columns each row has, in a file without a heading row; `nil` where its first bills show it.
  package var columnCount: Int?
  /// Physical lines before the first record.
  package var skippedLines = 0
  /// What lines begin with that are passed over; empty where there are none.
  package var comment: [UInt8] = []
  package var foldsCase = false
  package var skipsRepeatedHeading = false
  package var otherColumns = OtherColumns.ignore

  package init() {}
}
