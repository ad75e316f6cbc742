import CSQLite

/// SQLite as a whole, in this process.
enum SQLiteLibrary {
  /// Nobody asks how much memory SQLite has: counting it takes a lock whenever some is taken or given back
  /// (SQLITE_CONFIG_MEMSTATUS, sqlite.org/c3ref/c_config_covering_index_scan.html). Too late where somebody has used
  /// SQLite before; then it goes on counting.
  private static let isConfigured = billdrop_sqlite_count_no_memory() == SQLITE_OK

  /// Before the first database is opened.
  static func begin() { _ = isConfigured }
}
