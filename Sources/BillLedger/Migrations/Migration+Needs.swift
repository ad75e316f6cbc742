extension Migration {
  /// Version 14: what the last look at each drop left that needs somebody, and when that look was.
  static let needs = Migration(
    version: 14,
    sql: """
      CREATE TABLE need (
        place TEXT NOT NULL, feed TEXT NOT NULL, name TEXT NOT NULL,
        kind TEXT NOT NULL, reason TEXT NOT NULL,
        path TEXT, approval TEXT, sort_key TEXT, report TEXT, since INTEGER NOT NULL,
        PRIMARY KEY (place, feed, name)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE drop_look (place TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      """)
}
