/// Something wrong, or worth telling, about a row or a file. A value, never thrown.
package struct Finding: Hashable, Sendable {
  /// Stable code, for people and programs.
  package var code: FindingCode
  package var severity: Severity
  /// Record number, from 1, headings not counted; 0 for the file as a whole or its heading.
  package var record: Int
  /// Physical line on which the record starts (or the fault lies), from 1; 0 where there is none.
  package var line: Int
  /// Heading of the column; `nil` when the finding is about the whole record or file.
  package var column: String?
  /// The offending value, cut and, where personal, masked; `nil` when there is none.
  package var value: String?
  /// One sentence: what is wrong.
  package var message: String
  /// One sentence: what would be right.
  package var hint: String

  package init(
    code: FindingCode, severity: Severity = .error, record: Int, line: Int, column: String? = nil,
    value: String? = nil, message: String, hint: String
  ) {
    self.code = code
    self.severity = severity
    self.record = record
    self.line = line
    self.column = column
    self.value = value
    self.message = message
    self.hint = hint
  }
}
