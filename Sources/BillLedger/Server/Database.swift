#if Postgres
  /// A connection to the database of a ledger, for one thread: a file of SQLite's, or a server.
  final class Database {
    enum Driver {
      case sqlite(SQLiteDatabase)
      case postgres(PostgresDatabase)
    }

    let driver: Driver
    /// Which work this process has, where others may use the server's ledger too.
    let sharing: LedgerSharing?
    private let heldLeases: PostgresStatement?

    /// The name by which errors name it.
    var path: String {
      switch driver {
      case .sqlite(let database): database.path
      case .postgres(let database): database.path
      }
    }

    /// Whether it can be gone on with: see `Ledger.isUsable`.
    var isUsable: Bool {
      switch driver {
      case .sqlite(let database): database.isUsable
      case .postgres(let database): !database.isLost
      }
    }

    /// Of a file, whether its disk has taken all.
    var diskTrust: DiskTrust? { if case .sqlite(let database) = driver { database.trust } else { nil } }

    /// The file of SQLite's: see `SQLiteDatabase`.
    init(
      file: String, namedInErrors path: String, access: SQLiteDatabase.Access = .writing
    ) throws(LedgerError) {
      driver = .sqlite(try SQLiteDatabase(file: file, namedInErrors: path, access: access))
      (sharing, heldLeases) = (nil, nil)
    }

    init(_ server: PostgresDatabase, sharing: LedgerSharing? = nil) {
      driver = .postgres(server)
      self.sharing = sharing
      heldLeases = sharing == nil ? nil : PostgresStatement(server, LedgerSharing.heldLeases)
    }

    /// Runs SQL without parameters and results, one statement or several.
    func execute(_ sql: String) throws(LedgerError) {
      switch driver {
      case .sqlite(let database): try database.execute(sql)
      case .postgres(let database): try database.execute(sql)
      }
    }

    /// The single integer that `sql` yields.
    func integer(_ sql: String) throws(LedgerError) -> Int64 { try Statement(self, sql).number() }

    /// From here on, until `endReading` or the next transaction, reads of a file see one state.
    func beginReading() { if case .sqlite(let database) = driver { database.beginReading() } }

    /// Lets go of what `beginReading` has taken.
    func endReading() { if case .sqlite(let database) = driver { database.endReading() } }

    /// Runs `work` in one transaction: committed where it returns, undone where it or the commit throws. At a server it
    /// first makes sure of what this process has: see `LedgerSharing`.
    func transaction<Value>(_ work: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
      switch driver {
      case .sqlite(let database): try database.transaction(work)
      case .postgres(let database):
        try database.transaction { () throws(LedgerError) in
          if let sharing, let heldLeases { try sharing.mustHoldAll(heldLeases) }
          return try work()
        }
      }
    }

    /// Lets some time pass, for other sessions.
    func pause(milliseconds: Int) {
      if case .postgres(let database) = driver { database.pause(milliseconds: milliseconds) }
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    var changedRows: Int {
      switch driver {
      case .sqlite(let database): database.changedRows
      case .postgres(let database): database.changedRows
      }
    }

    /// Makes a file of SQLite's durable, and bounds its memory.
    func prepareForLedger() throws(LedgerError) {
      if case .sqlite(let database) = driver { try database.prepareForLedger() }
    }

    /// Checks the structure of a file; of a server, that it answers and takes changes. Throws `readOnly` for a standby.
    func quickCheck() throws(LedgerError) {
      switch driver {
      case .sqlite(let database): try database.quickCheck()
      case .postgres(let database): try database.checkLead()
      }
    }

    /// What is deleted from here on is overwritten in a file.
    func beginErasing() throws(LedgerError) {
      if case .sqlite(let database) = driver { try database.beginErasing() }
    }

    /// A file's log is emptied; a server may use the places of deleted texts again.
    func endErasing() throws(LedgerError) {
      switch driver {
      case .sqlite(let database): try database.endErasing()
      case .postgres(let database):
        for table in ["file_row", "party_difference", "day"] {
          try database.execute("VACUUM \(table)", patience: PostgresDatabase.longPatience)
        }
      }
    }
  }
#endif
