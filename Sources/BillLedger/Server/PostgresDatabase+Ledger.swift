#if Postgres
  import BillModel

  extension PostgresDatabase {
    /// The first half of the number of the lock that all users of a ledger have; the other half is the schema's.
    private static let lockClass = Int64(Database.applicationID)

    /// Keeps all other processes off, to change the tables; false where somebody uses them.
    func lockAlone() throws(LedgerError) -> Bool {
      let statement = PostgresStatement(
        self, "SELECT pg_try_advisory_lock(\(Self.lockClass), hashtext(current_schema()))")
      defer { statement.reset() }
      return try statement.step() && statement.integer(0) == 1
    }

    /// Lets those in who work with the tables as they are.
    func endLockAlone() throws(LedgerError) {
      try execute("SELECT pg_advisory_unlock(\(Self.lockClass), hashtext(current_schema()))")
    }

    /// Keeps those off who would change the tables, until the session ends.
    func lockWithOthers() throws(LedgerError) {
      try execute("SET lock_timeout = '10s'")
      do throws(LedgerError) {
        try execute("SELECT pg_advisory_lock_shared(\(Self.lockClass), hashtext(current_schema()))")
      } catch {
        guard case .busy = error else { throw error }
        throw .locked(path: path, holder: try lockHolder())
      }
      try execute("SET lock_timeout = '20s'")
    }

    /// The server's time.
    func time() throws(LedgerError) -> WallTime {
      let statement = PostgresStatement(self, "SELECT \(LedgerSharing.now)")
      defer { statement.reset() }
      guard try statement.step() else { throw .corrupted(path: path, detail: "it has no time") }
      return WallTime(milliseconds: statement.integer(0))
    }

    /// Who uses the ledger.
    func lockHolder() throws(LedgerError) -> String {
      let statement = PostgresStatement(
        self,
        """
        SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid() AND classid = \(Self.lockClass)
          AND objid::bigint = hashtext(current_schema())::bigint & 4294967295
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """)
      defer { statement.reset() }
      return try statement.step() ? statement.text(0) ?? "another process" : "another process"
    }

    /// The version of the ledger in the schema; 0 where none is there.
    func ledgerVersion() throws(LedgerError) -> Int {
      // The first answer tells whether the second question can be asked.
      let marker = PostgresStatement(self, "SELECT to_regclass('billdrop_schema') IS NOT NULL")
      guard try marker.step(), marker.integer(0) == 1 else { return 0 }
      marker.reset()
      let version = PostgresStatement(self, "SELECT version FROM billdrop_schema")
      guard try version.step() else { throw .corrupted(path: path, detail: "it has no version") }
      defer { version.reset() }
      return Int(version.integer(0))
    }

    /// Runs the steps that the schema hasn't seen, and stamps a new ledger, all in one transaction.
    func migrate(
      from found: Int, _ migrations: [Migration], _ stamp: (() throws(LedgerError) -> Void)
    ) throws(LedgerError) {
      guard found < migrations.count else { return }
      try transaction { () throws(LedgerError) in
        if found == 0 {
          try execute("CREATE TABLE billdrop_schema (version BIGINT NOT NULL); INSERT INTO billdrop_schema VALUES (0)")
        }
        for migration in migrations[found...] {
          try execute(PostgresDialect.definition(migration.sql), patience: Self.longPatience)
        }
        try execute("UPDATE billdrop_schema SET version = \(migrations.count)")
        if found == 0 { try stamp() }
      }
    }
  }
#endif
