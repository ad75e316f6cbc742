extension Migration {
  /// Version 1. Times are milliseconds since 1970 in UTC, digests blobs of 32 bytes, states and forms numbers of
  /// `RowCode` and `FormCode`.
  ///
  /// What became of a bill stands in its row alone: references come in any order, and to write their table a second
  /// time would cost a page a bill.
  static let first = Migration(
    version: 1,
    sql: """
      CREATE TABLE ledger (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        origin TEXT NOT NULL, mode TEXT NOT NULL, merchant TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        latest INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE file_run (
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL, name TEXT NOT NULL, byte_count INTEGER NOT NULL,
        layout_digest BLOB NOT NULL, layout_name TEXT NOT NULL, duplicates TEXT NOT NULL,
        approval TEXT,
        state TEXT NOT NULL, verdict TEXT,
        started_at INTEGER NOT NULL, sending_completed_at INTEGER,
        sent INTEGER NOT NULL DEFAULT 0, retried INTEGER NOT NULL DEFAULT 0,
        throttled INTEGER NOT NULL DEFAULT 0, replayed INTEGER NOT NULL DEFAULT 0,
        UNIQUE (digest, layout_digest)
      ) STRICT;

      CREATE TABLE file_check (
        file_run INTEGER PRIMARY KEY,
        block_size INTEGER NOT NULL,
        records_read INTEGER NOT NULL, valid INTEGER NOT NULL, invalid INTEGER NOT NULL,
        block_digests BLOB NOT NULL
      ) STRICT;

      CREATE TABLE file_row (
        file_run INTEGER NOT NULL, record INTEGER NOT NULL,
        state INTEGER NOT NULL,
        epoch INTEGER NOT NULL, attempts INTEGER NOT NULL,
        reference TEXT NOT NULL,
        form INTEGER, party_id TEXT, body BLOB, serializer INTEGER, first_sent_at INTEGER,
        bill_id TEXT, confirmed_by TEXT, code TEXT, field TEXT, message TEXT,
        PRIMARY KEY (file_run, record)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE row_count (
        file_run INTEGER NOT NULL, state INTEGER NOT NULL, rows INTEGER NOT NULL,
        PRIMARY KEY (file_run, state)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE bill (
        reference TEXT PRIMARY KEY,
        file_run INTEGER NOT NULL, record INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE party (
        kind INTEGER NOT NULL, reference TEXT NOT NULL,
        id TEXT NOT NULL, customer TEXT,
        PRIMARY KEY (kind, reference)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE party_claim (
        kind INTEGER NOT NULL, reference TEXT NOT NULL,
        file_run INTEGER NOT NULL, record INTEGER NOT NULL,
        PRIMARY KEY (kind, reference)
      ) STRICT, WITHOUT ROWID;
      """)
}
