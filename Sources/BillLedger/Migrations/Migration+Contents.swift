extension Migration {
  /// What a row asked for, as the number of `RowIntent`: kept when the row is settled, so that another file's row of the
  /// same reference can be compared with it without asking the API.
  static let contents = Migration(
    version: 8, sql: "ALTER TABLE file_row ADD COLUMN content INTEGER;")
}
