extension Migration {
  /// Version 2: requests a day (YYYY-MM-DD), for a daily budget.
  static let days = Migration(
    version: 2,
    sql: "CREATE TABLE day (date TEXT PRIMARY KEY, requests INTEGER NOT NULL) STRICT, WITHOUT ROWID;")
}
