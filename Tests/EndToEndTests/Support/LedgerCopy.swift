import CSQLite
import Foundation

/// Looks into a ledger that its holder left behind. It opens a copy: to open the ledger itself would tidy it up, and
/// the run that comes next would find another ledger than the killed one left.
enum LedgerCopy {
  /// The single number that `query` gives.
  static func number(_ query: String, ledger: String, in workspace: Workspace) throws -> Int {
    let copy = workspace.path("ledger-copy-\(UUID().uuidString)")
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: ledger + suffix) {
      try FileManager.default.copyItem(atPath: ledger + suffix, toPath: copy + suffix)
    }
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) } }

    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    guard sqlite3_open_v2(copy, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      throw TestFault("the ledger does not open: \(message(database))")
    }
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK, sqlite3_step(statement) == SQLITE_ROW
    else { throw TestFault("\(query): \(message(database))") }
    return Int(sqlite3_column_int64(statement, 0))
  }

  private static func message(_ database: OpaquePointer?) -> String { String(cString: sqlite3_errmsg(database)) }
}

extension LedgerCopy {
  /// Rows that were sent, or about to be, and whose fate isn't known: intended (0) or given up for now (1).
  static func unresolvedIntents(_ ledger: String, in workspace: Workspace) throws -> Int {
    try number("SELECT count(*) FROM file_row WHERE state IN (0, 1)", ledger: ledger, in: workspace)
  }
}
