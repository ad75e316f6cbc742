import BillModel

/// A finding before it has words: what the check saw, small enough to keep by the million in a temporary file.
///
/// `FindingText` makes the sentences of it, with the limits of the schema.
struct FindingDraft: Hashable, Sendable {
  var code: FindingCode
  var severity: Severity = .error
  var record: UInt32
  var line: Int
  /// The column's place in the row; `nil` where it is about the whole row.
  var column: Int?
  var cause: FindingCause
  /// Up to `longestValue` bytes of the offending value, neither masked nor cut to characters.
  var value: [UInt8] = []
  /// The same of what the file has, where a layout made the value of it.
  var source: [UInt8] = []
  /// By the rules of which operation it was found, from 1, in a file of several; else 0.
  var variant: UInt8 = 0

  /// More than `Masking` shows of any value, even where a character has four bytes.
  static let longestValue = 400
}
