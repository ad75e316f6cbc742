extension Migration {
  /// Version 11: the rows of files that are to be mended, by their references, empty where a row has none: so that a file
  /// that holds them again, mended, is known whatever its name.
  static let mends = Migration(
    version: 11,
    sql: """
      CREATE TABLE row_to_mend (
        reference TEXT NOT NULL, file_run INTEGER NOT NULL, rows INTEGER NOT NULL,
        PRIMARY KEY (reference, file_run)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX row_to_mend_by_file ON row_to_mend (file_run);
      """)
}
