extension Migration {
  /// Version 9: what a row claims of its reference (`ClaimCode`; NULL: the reference of a bill to be raised); of each
  /// object that rows changed the last row that did, whether what became of that is unknown (`open`), and the file run
  /// whose balance it has; what the rows of a file run ask for, and where the file stands in its feed's order.
  static let changes = Migration(
    version: 9,
    sql: """
      ALTER TABLE file_row ADD COLUMN claim INTEGER;
      ALTER TABLE file_run ADD COLUMN operation TEXT;
      ALTER TABLE file_run ADD COLUMN position INTEGER;
      ALTER TABLE file_run ADD COLUMN order_approved INTEGER;

      CREATE TABLE object_change (
        kind INTEGER NOT NULL, reference TEXT NOT NULL,
        file_run INTEGER NOT NULL, record INTEGER NOT NULL,
        open INTEGER NOT NULL, balance_run INTEGER,
        PRIMARY KEY (kind, reference)
      ) STRICT, WITHOUT ROWID;
      """)
}
