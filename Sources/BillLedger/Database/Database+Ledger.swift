import BillModel
import CSQLite

extension SQLiteDatabase {
  /// WAL, durable at every commit, bounded memory. See sqlite.org/pragma.html and sqlite.org/wal.html.
  func prepareForLedger() throws(LedgerError) {
    try execute("PRAGMA journal_mode=WAL")
    try execute("PRAGMA synchronous=FULL")
    #if canImport(Darwin)
      try execute("PRAGMA fullfsync=ON; PRAGMA checkpoint_fullfsync=ON")
    #endif
    // 32 MB of pages. A checkpoint about every 16 MB of WAL: more often writes the scattered pages of the tables by
    // reference again and again, more seldom makes recovery long. A WAL that grew larger is cut back.
    try execute("PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864")
    // Rows are written by this module alone, in an order that makes references hold.
    try execute("PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON")
  }

  /// Reads all pages and checks the structure of tables and indexes.
  func quickCheck() throws(LedgerError) {
    let statement = try SQLiteStatement(self, "PRAGMA quick_check(1)")
    guard try statement.step() else { return }
    let answer = statement.text(0) ?? ""
    statement.reset()
    guard answer != "ok" else { return }
    // SQLite's words begin with a line that names the database, in stars.
    let lines = answer.split(separator: "\n").filter { !$0.hasPrefix("***") }
    throw .corrupted(path: path, detail: lines.isEmpty ? answer : lines.joined(separator: "; "))
  }

  /// From here on deleted text is overwritten with zeros (secure_delete, sqlite.org/pragma.html).
  func beginErasing() throws(LedgerError) { try execute("PRAGMA secure_delete=ON") }

  /// The log holds pages as they were: it is emptied.
  func endErasing() throws(LedgerError) { try execute("PRAGMA wal_checkpoint(TRUNCATE)") }
}

extension Database {
  /// Whose ledger it is, and its latest time; it must belong to `environment`; `nil`: to any.
  func checkStamp(_ environment: EnvironmentStamp?) throws(LedgerError) -> (EnvironmentStamp, WallTime) {
    let (recorded, latest) = try stamp()
    if let environment, recorded != environment {
      throw .otherEnvironment(path: path, recorded: recorded, wanted: environment)
    }
    return (recorded, latest)
  }

  /// Whose ledger it is, and its latest time.
  func stamp() throws(LedgerError) -> (EnvironmentStamp, WallTime) {
    let statement = try Statement(self, "SELECT origin, mode, merchant, latest FROM ledger")
    guard try statement.step() else { throw .corrupted(path: path, detail: "it has no stamp of its environment") }
    defer { statement.reset() }
    guard let origin = statement.text(0), let mode = statement.text(1).flatMap(EnvironmentStamp.Mode.init),
      let merchant = statement.text(2)
    else { throw .corrupted(path: path, detail: "the stamp of its environment can't be read") }
    return (
      EnvironmentStamp(origin: origin, mode: mode, merchant: merchant), WallTime(milliseconds: statement.integer(3))
    )
  }

  /// Stamps a new ledger.
  func stamp(_ environment: EnvironmentStamp, now: WallTime) throws(LedgerError) {
    let sql = "INSERT INTO ledger (id, origin, mode, merchant, created_at, latest) VALUES (1, ?1, ?2, ?3, ?4, ?4)"
    let statement = try Statement(self, sql)
    statement.bind(1, environment.origin)
    statement.bind(2, environment.mode.rawValue)
    statement.bind(3, environment.merchant)
    statement.bind(4, now.milliseconds)
    try statement.run()
  }
}
