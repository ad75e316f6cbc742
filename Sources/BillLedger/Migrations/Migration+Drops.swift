extension Migration {
  /// Version 10: files that came through drops, each from its claim to its place; a number of the ledger's own, by which
  /// its claims in drops are known; since when feeds are watched; and what people were told, so that it is told once.
  static let drops = Migration(
    version: 10,
    sql: """
      CREATE TABLE ledger_identity (id INTEGER PRIMARY KEY CHECK (id = 1), identity TEXT NOT NULL) STRICT;
      INSERT INTO ledger_identity (id, identity) VALUES (1, lower(hex(randomblob(8))));

      CREATE TABLE drop_file (
        id INTEGER PRIMARY KEY,
        place TEXT NOT NULL, feed TEXT NOT NULL, name TEXT NOT NULL,
        sort_key TEXT, byte_count INTEGER NOT NULL, modified INTEGER NOT NULL,
        digest BLOB, verdict TEXT, reason TEXT, report TEXT,
        target TEXT, target_place TEXT,
        claimed_at INTEGER NOT NULL, ended_at INTEGER, told TEXT
      ) STRICT;

      CREATE INDEX drop_file_open ON drop_file (place) WHERE ended_at IS NULL;
      CREATE INDEX drop_file_untold ON drop_file (id) WHERE ended_at IS NOT NULL AND told IS NULL;
      CREATE INDEX drop_file_by_feed ON drop_file (feed, sort_key);
      CREATE INDEX file_run_by_size ON file_run (byte_count);

      CREATE TABLE feed (name TEXT PRIMARY KEY, watched_since INTEGER NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE told (
        subject TEXT PRIMARY KEY, state TEXT NOT NULL, at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)
}
