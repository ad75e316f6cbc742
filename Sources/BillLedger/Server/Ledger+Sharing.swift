package import BillModel

extension Ledger {
  /// Whether other processes may use the ledger at the same time.
  package var isShared: Bool { sharing != nil }

  /// Takes a piece of work, until it is given back. Throws `workTaken` where another process has it. A ledger in a file is
  /// one process's anyway.
  package func take(_ work: Work) throws(LedgerError) {
    #if Postgres
      if let sharing, case .postgres(let server) = database.driver { try sharing.take(work, on: server) }
    #endif
  }

  /// Gives back what `take` has taken.
  package func giveBack(_ work: Work) {
    #if Postgres
      // Whoever has it next changes claims that are in memory here.
      if isShared { partyClaims.forget() }
      if let sharing, case .postgres(let server) = database.driver { sharing.giveBack(work, on: server) }
    #endif
  }

  /// Where the heartbeat has failed to keep what this process has, tries it itself, so that sending goes on. Throws
  /// `leaseLost` where another process has taken something over.
  package func keepWork() throws(LedgerError) {
    #if Postgres
      guard let sharing, !sharing.maySend, case .postgres(let server) = database.driver else { return }
      // A transaction makes sure of all leases.
      try database.transaction { () throws(LedgerError) in }
      try HeartbeatLink(server).beat(sharing)
    #endif
  }

  /// Whether the row that claims a party is under way at another process: its answer will come, or that process will be
  /// taken for dead.
  package func isUnderWayElsewhere(_ key: PartyKey) throws(LedgerError) -> Bool {
    #if Postgres
      guard isShared else { return false }
      let statement = try Statement(
        database,
        """
        SELECT EXISTS (
          SELECT 1 FROM party_claim JOIN file_run ON file_run.id = party_claim.file_run
            JOIN file_row ON file_row.file_run = party_claim.file_run AND file_row.record = party_claim.record
            JOIN work_lease ON work_lease.work = 'file ' || encode(file_run.digest, 'hex')
          WHERE party_claim.kind = ?1 AND party_claim.reference = ?2 AND file_row.state = 0
            AND work_lease.expires_at > \(LedgerSharing.now) AND work_lease.owner <> ?3)
        """)
      statement.bind(1, key.kind.code)
      statement.bind(2, key.reference)
      statement.bind(3, sharing?.owner)
      return try statement.number() == 1
    #else
      return false
    #endif
  }

  /// Within a transaction of a shared ledger: files are begun one after the other, so that each is compared with all before.
  func lockFileRuns() throws(LedgerError) {
    #if Postgres
      guard isShared else { return }
      try database.execute(
        "SELECT pg_advisory_xact_lock(\(Database.applicationID), hashtext(current_schema() || ' file runs'))")
    #endif
  }
}
