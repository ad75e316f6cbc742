import CSQLite
import Foundation

/// A ledger that nothing uses now, looked into and changed as SQLite's own shell would.
struct LedgerText {
  private let path: String

  init(_ path: String) { self.path = path }

  /// The first column of what a query gives, as text.
  func column(_ query: String) throws -> [String] {
    try withDatabase { database in
      var statement: OpaquePointer?
      defer { sqlite3_finalize(statement) }
      guard sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK else {
        throw TestFault("\(query): \(String(cString: sqlite3_errmsg(database)))")
      }
      var texts: [String] = []
      while sqlite3_step(statement) == SQLITE_ROW {
        texts.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
      }
      return texts
    }
  }

  /// Runs SQL without results.
  func run(_ sql: String) throws {
    try withDatabase { database in
      guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
        throw TestFault("\(sql): \(String(cString: sqlite3_errmsg(database)))")
      }
    }
  }

  private func withDatabase<Value>(_ work: (OpaquePointer?) throws -> Value) throws -> Value {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      throw TestFault("\(path): \(String(cString: sqlite3_errmsg(database)))")
    }
    return try work(database)
  }
}
