import CSQLite

/// The SQLite that this process runs with.
package enum SQLiteVersion {
  package static var text: String { String(cString: sqlite3_libversion()) }
}
