extension Migration {
  /// Version 5: by which rule the layout of a name derives references, as the last file run that was begun has it. A
  /// layout that takes them from a column has none.
  static let references = Migration(
    version: 5,
    sql: """
      CREATE TABLE reference_rule (
        layout_name TEXT PRIMARY KEY, digest BLOB NOT NULL, rule TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
}
