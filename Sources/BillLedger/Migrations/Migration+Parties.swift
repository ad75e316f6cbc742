extension Migration {
  /// Version 4: parties whose attributes at the API differ from a file's, once a file run; which file run last compared
  /// a party, where it was asked to. A party has one change at most whose fate isn't known, in whatever file run.
  static let parties = Migration(
    version: 4,
    sql: """
      ALTER TABLE party ADD COLUMN compared INTEGER;

      CREATE TABLE party_difference (
        file_run INTEGER NOT NULL, kind INTEGER NOT NULL, reference TEXT NOT NULL,
        record INTEGER NOT NULL, state INTEGER NOT NULL, fields TEXT NOT NULL, message TEXT,
        PRIMARY KEY (file_run, kind, reference)
      ) STRICT, WITHOUT ROWID;

      CREATE UNIQUE INDEX party_difference_by_record ON party_difference (file_run, record, kind);
      CREATE UNIQUE INDEX party_change ON party_difference (kind, reference) WHERE state = 1;
      """)
}
