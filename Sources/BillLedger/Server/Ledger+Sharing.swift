package import BillModel

extension Ledger {
  /// Whether other processes may use the ledger at the same time.
  package var isShared: Bool { sharing != nil }

  /// A moment of this machine's as it is written down: of a shared ledger by its server's clock.
  package func time(at now: WallTime) -> WallTime { sharing?.serverTime(at: now) ?? now }

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
  /// `leaseLost` where another process has taken something over, and where the heartbeat has reached no server for a minute
  /// in which turns were wanted, why.
  package func keepWork() throws(LedgerError) {
    #if Postgres
      if let fault = sharing?.faultOfTurns { throw fault }
      guard let sharing, !sharing.maySend, case .postgres(let server) = database.driver else { return }
      // A transaction makes sure of all leases.
      try database.transaction { () throws(LedgerError) in }
      try HeartbeatLink(server).beat(sharing)
    #endif
  }

  /// Whether the row that claims a party is under way at another process: its answer will come, or that process will be
  /// taken for dead. Of a file that is sent in ranges, as long as the range is there: others take it over.
  ///
  /// - Parameters:
  ///   - run: The file run at work here.
  ///   - resuming: The range of it whose open rows are being taken up: what they claim isn't known here yet.
  package func isUnderWayElsewhere(
    _ key: PartyKey, during run: FileRunID? = nil, resuming: RowRange? = nil
  ) throws(LedgerError) -> Bool {
    guard let sharing else { return false }
    let statement = try Statement(database, Self.claimElsewhere)
    statement.bind(1, key.kind.code)
    statement.bind(2, key.reference)
    statement.bind(3, sharing.owner)
    statement.bind(4, run?.value)
    statement.bind(5, resuming.map { Int64($0.records.lowerBound) })
    return try statement.number() == 1
  }

  private static let claimElsewhere = """
    SELECT EXISTS (
      SELECT 1 FROM party_claim JOIN file_run ON file_run.id = party_claim.file_run
        JOIN file_row ON file_row.file_run = party_claim.file_run AND file_row.record = party_claim.record
      WHERE party_claim.kind = ?1 AND party_claim.reference = ?2 AND file_row.state = 0
        AND (EXISTS (
          SELECT 1 FROM work_lease
          WHERE file_run.range_rows IS NULL AND work = 'file ' || encode(file_run.digest, 'hex')
            AND expires_at > \(LedgerSharing.now) AND owner <> ?3)
        OR EXISTS (
          SELECT 1 FROM file_range LEFT JOIN work_lease ON work_lease.work = file_range.lease
          WHERE file_range.file_run = party_claim.file_run
            AND party_claim.record BETWEEN file_range.first_record AND file_range.last_record
            AND CASE WHEN party_claim.file_run = CAST(?4 AS BIGINT)
              THEN work_lease.owner IS DISTINCT FROM ?3 OR file_range.first_record = CAST(?5 AS BIGINT)
              ELSE work_lease.expires_at > \(LedgerSharing.now) END)))
    """

  /// Within a transaction of a shared ledger: files are begun one after the other, so that each is compared with all before.
  func lockFileRuns() throws(LedgerError) {
    #if Postgres
      guard isShared else { return }
      try database.execute(
        "SELECT pg_advisory_xact_lock(\(Database.applicationID), hashtext(current_schema() || ' file runs'))")
    #endif
  }
}
