import BillModel

#if Postgres
  extension LedgerOpening {
    /// The ledger at a server; made for `environment` where its schema holds none.
    static func server(
      _ url: LedgerURL, environment: EnvironmentStamp?, now: WallTime, migrations: [Migration]
    ) throws(LedgerError) -> Self {
      let server = try PostgresDatabase(url, observes: false)
      try server.lockForThisProcess()
      let found = try server.ledgerVersion()
      guard found <= migrations.count else {
        throw .newerSchema(path: server.path, found: found, known: migrations.count)
      }
      let database = Database(server)
      if found == 0, environment == nil { throw .notALedger(path: server.path) }
      try server.migrate(from: found, migrations) { () throws(LedgerError) in
        if let environment { try database.stamp(environment, now: now) }
      }
      let (stamp, latest) = try database.checkStamp(environment)
      return Self(path: server.path, database: database, lock: nil, environment: stamp, latestTime: latest)
    }

    /// The ledger at a server, to look at it.
    static func server(observing url: LedgerURL) throws(LedgerError) -> Self {
      let known = Migration.all.count
      let server = try PostgresDatabase(url, observes: true)
      let found = try server.ledgerVersion()
      guard found > 0 else { throw .notALedger(path: server.path) }
      guard found <= known else { throw .newerSchema(path: server.path, found: found, known: known) }
      guard found == known else { throw .olderSchema(path: server.path, found: found, known: known) }
      let database = Database(server)
      let (stamp, latest) = try database.stamp()
      return Self(path: server.path, database: database, lock: nil, environment: stamp, latestTime: latest)
    }

    /// Whether a server has a ledger.
    static func isThere(_ url: LedgerURL) throws(LedgerError) -> Bool {
      try PostgresDatabase(url, observes: true).ledgerVersion() > 0
    }
  }
#else
  extension LedgerOpening {
    static func server(
      _ url: LedgerURL, environment: EnvironmentStamp?, now: WallTime, migrations: [Migration]
    ) throws(LedgerError) -> Self { throw .noServers(path: url.shown) }

    static func server(observing url: LedgerURL) throws(LedgerError) -> Self { throw .noServers(path: url.shown) }

    static func isThere(_ url: LedgerURL) throws(LedgerError) -> Bool { throw .noServers(path: url.shown) }
  }
#endif
