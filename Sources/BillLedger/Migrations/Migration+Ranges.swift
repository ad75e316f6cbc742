extension Migration {
  /// Version 17: the ranges of rows that are left of a file which several processes send together, by whom each is sent
  /// (a piece of work in `work_lease`; NULL: by nobody), and whether somebody began it. `range_rows` of a file run: how
  /// many records a range has, while it is sent so.
  static let ranges = Migration(
    version: 18,
    sql: """
      ALTER TABLE file_run ADD COLUMN range_rows INTEGER;

      CREATE TABLE file_range (
        file_run INTEGER NOT NULL, first_record INTEGER NOT NULL, last_record INTEGER NOT NULL,
        lease TEXT, begun INTEGER NOT NULL,
        PRIMARY KEY (file_run, first_record)
      ) STRICT, WITHOUT ROWID;
      """)
}
