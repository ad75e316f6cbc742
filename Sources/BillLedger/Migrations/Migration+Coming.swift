extension Migration {
  /// Version 19: which rows that a file had to mend have come since, with which later file; by their references, empty where
  /// a row has none. Of files from before, those whose bills a later file raised.
  static let coming = Migration(
    version: 19,
    sql: """
      CREATE TABLE row_come (
        file_run INTEGER NOT NULL, reference TEXT NOT NULL, later_run INTEGER NOT NULL, rows INTEGER NOT NULL,
        PRIMARY KEY (file_run, reference, later_run)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX row_come_by_later ON row_come (later_run);

      INSERT INTO row_come (file_run, reference, later_run, rows)
      SELECT open.file_run, open.reference, bill.file_run, open.rows
      FROM row_to_mend AS open
        JOIN file_run ON file_run.id = open.file_run
        JOIN bill ON bill.reference = open.reference
        JOIN file_row ON file_row.file_run = bill.file_run AND file_row.record = bill.record
      WHERE bill.file_run > open.file_run AND file_row.state IN (10, 11, 12)
        AND coalesce(file_run.operation, 'bill') = 'bill';
      """)
}
