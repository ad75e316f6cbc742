package import BillModel

/// Why a row is to be mended.
package struct RejectedReason: Sendable {
  /// From 1.
  package var record: Int
  /// Physical line on which it begins, from 1.
  package var line: Int
  package var code: FindingCode
  /// The column that it is about; `nil` where it is about the whole row.
  package var column: String?
  /// One sentence.
  package var message: String

  package init(record: Int, line: Int, code: FindingCode, column: String?, message: String) {
    self.record = record
    self.line = line
    self.code = code
    self.column = column
    self.message = message
  }
}
