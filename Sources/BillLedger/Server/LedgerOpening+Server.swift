import BillModel
import Threads

#if Postgres
  extension LedgerOpening {
    /// The ledger at a server; made for `environment` where its schema holds none.
    static func server(
      _ url: LedgerURL, environment: EnvironmentStamp?, migrations: [Migration]
    ) throws(LedgerError) -> Self {
      let server = try PostgresDatabase(url, observes: false)
      try bringUpToDate(server, environment, migrations)
      let found = try server.ledgerVersion()
      guard found <= migrations.count else {
        throw .newerSchema(path: server.path, found: found, known: migrations.count)
      }
      let serverTime = try server.time()
      let lead = serverTime.milliseconds - WallTime.hostMilliseconds
      let sharing = LedgerSharing(
        path: server.path, holder: PostgresDatabase.ownName, lead: abs(lead) > LedgerSharing.likeness ? lead : 0)
      let database = Database(server, sharing: sharing)
      let (stamp, latest) = try database.checkStamp(environment)
      try sharing.begin(on: server)
      return Self(
        path: server.path, database: database, lock: nil, environment: stamp,
        latestTime: latest.milliseconds <= serverTime.milliseconds + tolerance ? min(latest, serverTime) : latest,
        sharing: sharing, heartbeat: HeartbeatLoop(url, sharing))
    }

    /// By how many milliseconds processes may differ in what they take for the server's time.
    private static let tolerance: Int64 = 2_000

    /// Brings a ledger up to date, or makes it, while nobody else uses it; and keeps it as it is from then on. Where several
    /// begin at once, one does it, and the others see that it is done.
    private static func bringUpToDate(
      _ server: PostgresDatabase, _ environment: EnvironmentStamp?, _ migrations: [Migration]
    ) throws(LedgerError) {
      let end = BootClock.now + patience
      while try server.ledgerVersion() < migrations.count {
        if try server.lockAlone() {
          try migrate(server, environment, migrations)
          try server.lockWithOthers()
          return try server.endLockAlone()
        }
        guard BootClock.now < end else { throw .locked(path: server.path, holder: try server.lockHolder()) }
        server.pause(milliseconds: 50)
      }
      try server.lockWithOthers()
    }

    /// How long others are waited for, in nanoseconds: that a process was killed, its server learns when it looks at the
    /// connection next.
    private static let patience: UInt64 = 10_000_000_000

    private static func migrate(
      _ server: PostgresDatabase, _ environment: EnvironmentStamp?, _ migrations: [Migration]
    ) throws(LedgerError) {
      let found = try server.ledgerVersion()
      if found == 0, environment == nil { throw .notALedger(path: server.path) }
      let database = Database(server)
      try server.migrate(from: found, migrations) { () throws(LedgerError) in
        if let environment { try database.stamp(environment, now: server.time()) }
      }
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
      _ url: LedgerURL, environment: EnvironmentStamp?, migrations: [Migration]
    ) throws(LedgerError) -> Self { throw .noServers(path: url.shown) }

    static func server(observing url: LedgerURL) throws(LedgerError) -> Self { throw .noServers(path: url.shown) }

    static func isThere(_ url: LedgerURL) throws(LedgerError) -> Bool { throw .noServers(path: url.shown) }
  }
#endif
