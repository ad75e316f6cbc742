#if Postgres
  import BillModel
  import Synchronization
  import Threads

  extension LedgerSharing {
    /// Shows others that this session lives: by a lock of its own, which ends with it.
    func begin(on database: PostgresDatabase) throws(LedgerError) {
      try database.execute("SELECT pg_advisory_lock(\(session))")
    }

    /// Takes a piece of work that nobody has, or whose holder gives no sign of life.
    ///
    /// A lease whose row is locked stays its holder's: a transaction of that one is under way and may be committed yet.
    func take(_ work: Work, on database: PostgresDatabase) throws(LedgerError) {
      let before = BootClock.now
      for _ in 0..<5 {
        var fence = try begin(work, database)
        if fence == nil { fence = try takeOver(work, database) }
        if let fence {
          state.withLock { state in
            if state.held.isEmpty { state.validUntil = before + UInt64(Self.lifetime - Self.margin) * 1_000_000 }
            state.held[work] = fence
          }
          return
        }
        if let holder = try holder(of: work, database) {
          throw .workTaken(path: path, work: work.words, holder: holder)
        }
      }
      throw .busy(path: path)
    }

    /// Gives a piece of work back. Where the server can't be told, the lease ends with the session.
    func giveBack(_ work: Work, on database: PostgresDatabase) {
      guard let fence = state.withLock({ $0.held.removeValue(forKey: work) }) else { return }
      let statement = PostgresStatement(
        database, "DELETE FROM work_lease WHERE work = ?1 AND owner = ?2 AND fence = CAST(?3 AS BIGINT)")
      statement.bind(1, work.key)
      statement.bind(2, owner)
      statement.bind(3, fence)
      _ = try? statement.step()
    }

    /// Makes sure, within a transaction and until it ends, that all that this process has is its own still.
    func mustHoldAll(_ leases: PostgresStatement) throws(LedgerError) {
      let held = state.withLock { $0.held }
      guard !held.isEmpty else { return }
      leases.bind(1, owner)
      var found: [String: Int64] = [:]
      while try leases.step() { found[leases.text(0) ?? ""] = leases.integer(1) }
      for (work, fence) in held where found[work.key] != fence {
        state.withLock { $0.validUntil = 0 }
        throw .leaseLost(path: path, work: work.words)
      }
    }

    /// Compatible with a renewal, and not with taking over.
    static let heldLeases = "SELECT work, fence FROM work_lease WHERE owner = ?1 FOR KEY SHARE"

    private func begin(_ work: Work, _ database: PostgresDatabase) throws(LedgerError) -> Int64? {
      let statement = PostgresStatement(
        database,
        """
        INSERT INTO work_lease (work, owner, holder, session, fence, expires_at)
        VALUES (?1, ?2, ?3, CAST(?4 AS BIGINT), 1, \(Self.now) + \(Self.lifetime)) ON CONFLICT DO NOTHING RETURNING fence
        """)
      bind(work, to: statement)
      return try fence(from: statement)
    }

    private func takeOver(_ work: Work, _ database: PostgresDatabase) throws(LedgerError) -> Int64? {
      let statement = PostgresStatement(
        database,
        """
        UPDATE work_lease SET owner = ?2, holder = ?3, session = CAST(?4 AS BIGINT), fence = fence + 1,
          expires_at = \(Self.now) + \(Self.lifetime)
        WHERE work = (
          SELECT work FROM work_lease
          WHERE work = ?1 AND \(Self.isDead)
          FOR UPDATE OF work_lease SKIP LOCKED)
        RETURNING fence
        """)
      bind(work, to: statement)
      return try fence(from: statement)
    }

    private func holder(of work: Work, _ database: PostgresDatabase) throws(LedgerError) -> String? {
      let statement = PostgresStatement(database, "SELECT holder FROM work_lease WHERE work = ?1")
      statement.bind(1, work.key)
      defer { statement.reset() }
      return try statement.step() ? statement.text(0) : nil
    }

    private func bind(_ work: Work, to statement: PostgresStatement) {
      statement.bind(1, work.key)
      statement.bind(2, owner)
      statement.bind(3, holder)
      statement.bind(4, session)
    }

    private func fence(from statement: PostgresStatement) throws(LedgerError) -> Int64? {
      defer { statement.reset() }
      return try statement.step() ? statement.integer(0) : nil
    }
  }
#endif
