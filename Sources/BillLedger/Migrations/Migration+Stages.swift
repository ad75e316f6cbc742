extension Migration {
  /// Version 11: of an intent whose row does several things one after the other, the reference of the bill that it raises
  /// next, and what became of the one that it raised before (`RowOutcome`). Of each customer and account what a row gave it
  /// last beside a balance, as a number.
  static let stages = Migration(
    version: 12,
    sql: """
      ALTER TABLE file_row ADD COLUMN successor TEXT;
      ALTER TABLE file_row ADD COLUMN raised TEXT;

      CREATE TABLE object_attributes (
        kind INTEGER NOT NULL, reference TEXT NOT NULL, content INTEGER NOT NULL,
        PRIMARY KEY (kind, reference)
      ) STRICT, WITHOUT ROWID;
      """)
}
