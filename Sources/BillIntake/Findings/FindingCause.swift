import BillLayouts
import SchemaRules

/// What is behind a finding about a row, with the figures that its sentences need.
enum FindingCause: Hashable, Sendable {
  /// The record has another number of fields than the heading row.
  case fieldCount(Int, ending: RecordEnding = .whole)
  case quoteInField
  case bytesAfterQuote
  /// Where it is; of its line where that isn't known.
  case nulByte(offset: Int, isOfLine: Bool = false)
  case invalidUTF8(offset: Int)
  case recordTooLong(limit: Int)
  case undecodable(offset: Int)
  case byteOrderMark(offset: Int)
  case danglingEscape
  /// A fixed-width record has another length than it should have; the end of the file may have cut it.
  case recordLength(Int, expected: Int, isCut: Bool)
  /// A fixed-width record has room for another one behind its columns, which end at `extent`.
  case recordRoom(Int, extent: Int)
  /// The text of a field breaks a rule of the schema.
  case field(FieldFault)
  /// Which cells hold a value breaks a rule: of what is wrong where just these hold one, the `fault`-th. By bit.
  case presence(columns: [Int], fault: Int)
  case currencyUnknown
  case currencyUnsupported
  /// The due date stands before the bill date, which is this text.
  case dateOrder(billDate: [UInt8])
  /// The due date stands before today, which is this text, and the bill has no date of its own.
  case dueBeforeToday(today: [UInt8])
  /// Metadata that looks like an identity number.
  case personalMetadata
  /// The same row stands on an earlier line.
  case duplicateRow(firstLine: Int)
  /// Other rows have the reference too: the first of their lines, and how many there are.
  case duplicateReference(lines: [Int], others: Int, keepsFirst: Bool)
  /// The account stands under another customer too, first on this line.
  case accountCustomers(other: [UInt8], line: Int, keepsFirst: Bool)
  /// A party has other attributes here than on its first line, in these columns.
  case attributesDiffer(columns: [Int], firstLine: Int, isAccount: Bool)
  /// A layout's step could not be done.
  case conversion(ConversionFault)
  /// A kind of record that the layout doesn't know.
  case unknownKind
  /// A bill for which the record that its layout takes values from isn't there.
  case noParent
  /// The layout allows other currencies only.
  case currencyNotAllowed
  /// The due date is so many days after the bill's date, more than the layout allows.
  case dueTooLate(days: Int)
  /// The row names no operation that there is.
  case operationUnknown
  /// More was paid of the bill than is due, which is this text.
  case paidOverDue(due: [UInt8])
  /// The amount is no plain number of minor units, in a row whose currency has so many decimals, which aren't two.
  case amountForm(IntegerFault, decimals: Int)
  /// The amount goes to a balance, and the row names whose by an id.
  case partyByID
  /// The last row has no line end, and the others have one.
  case noLineEnd
}

/// How a record ends that has another number of fields than others.
enum RecordEnding: Int, Hashable, Sendable {
  /// With its line, or nothing is to be said of it.
  case whole
  /// With the file, in the middle of a line.
  case open
  /// It is nothing but the byte by which old programs end a file.
  case mark
}
