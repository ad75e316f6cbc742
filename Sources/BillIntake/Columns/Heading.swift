import BillLayouts

/// The heading row of a file.
package struct Heading: Hashable, Sendable {
  /// The headings as read.
  package let names: [String]
  /// The row as its bytes came, without the reason columns of an earlier report.
  package let raw: RawRow
  /// Physical line on which it begins, from 1.
  package let line: Int
  /// How many columns there are before the reason columns that `raw` and every `RawRow` leave out at the end.
  package let keptColumns: Int

  /// The columns that our `rejected.csv` appends, code and reason: passed over when such a file comes back.
  package static var reasonColumns: [String] { FieldCatalog.reasonColumns }

  /// The line end to write where a row has none of its own: the heading's, else LF.
  package var lineEnd: [UInt8] { raw.lineEnd.isEmpty ? [UInt8(ascii: "\n")] : raw.lineEnd }
}
