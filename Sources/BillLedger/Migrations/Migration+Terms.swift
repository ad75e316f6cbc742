extension Migration {
  /// Version 11: the money that a row asks for, and of whom (`RowTerms`). Rows from before have none: of these the API
  /// knows what is due.
  static let terms = Migration(version: 13, sql: "ALTER TABLE file_row ADD COLUMN terms TEXT;")
}
