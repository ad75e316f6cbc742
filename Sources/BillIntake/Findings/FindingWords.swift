/// The two sentences of a finding, and a column that the file doesn't have.
struct FindingWords: Hashable, Sendable {
  /// What is wrong.
  var message: String
  /// What would be right.
  var hint: String
  /// The path of a field for which the file has no column.
  var column: String?

  init(_ message: String, _ hint: String, column: String? = nil) {
    self.message = message
    self.hint = hint
    self.column = column
  }

  static let unknown = FindingWords("The value breaks a rule of its field.", "See the schema of the field.")
}
