extension Migration {
  /// Version 11: of an intent whose row does several things one after the other, the reference of the bill that it raises
  /// next, and what became of the one that it raised before (`RowOutcome`).
  static let stages = Migration(
    version: 11,
    sql: """
      ALTER TABLE file_row ADD COLUMN successor TEXT;
      ALTER TABLE file_row ADD COLUMN raised TEXT;
      """)
}
