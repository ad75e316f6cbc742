extension Migration {
  /// Version 16: what of the work on a ledger at a server each process has, until when, and from when on the next request
  /// may go. Times are the server's: milliseconds since 1970, of the pace nanoseconds. A ledger in a file has one process,
  /// and uses neither.
  static let leases = Migration(
    version: 16,
    sql: """
      CREATE TABLE work_lease (
        work TEXT PRIMARY KEY,
        owner TEXT NOT NULL, holder TEXT NOT NULL, session INTEGER NOT NULL,
        fence INTEGER NOT NULL, expires_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE send_pace (id INTEGER PRIMARY KEY CHECK (id = 1), next_at INTEGER NOT NULL) STRICT;
      INSERT INTO send_pace (id, next_at) VALUES (1, 0);
      """)
}
