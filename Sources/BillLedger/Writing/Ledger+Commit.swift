package import BillModel

extension Ledger {
  /// Makes a batch durable: all of it, or where it throws, nothing.
  ///
  /// Returns the claims that were refused, with who holds what they ask for; their rows' intents are not written.
  /// Throws `contradiction` where the batch doesn't go with what is held: an intent under an epoch that ended, or with
  /// another body under the same epoch; a row settled as accepted that gets another outcome; a mark or attempts of a
  /// row that isn't under way.
  package func commit(
    _ batch: LedgerBatch, fileRun: FileRunID, now: WallTime
  ) throws(LedgerError) -> [RefusedClaim] {
    let latest = latest(of: batch, now)
    let refused = try write(batch, fileRun: fileRun, latest: latest)
    latestTime = latest
    return refused
  }

  /// The latest time that the ledger holds after a batch.
  func latest(of batch: LedgerBatch, _ now: WallTime) -> WallTime {
    batch.intents.reduce(max(now, latestTime)) { max($0, $1.firstSentAt) }
  }

  /// Writes a batch in one transaction.
  func write(_ batch: LedgerBatch, fileRun: FileRunID, latest: WallTime) throws(LedgerError) -> [RefusedClaim] {
    do throws(LedgerError) {
      return try repeating { () throws(LedgerError) in
        try database.transaction { () throws(LedgerError) in
          var writer = BatchWriter(ledger: self, fileRun: fileRun)
          return try writer.write(batch, latest: latest)
        }
      }
    } catch {
      partyClaims.forget()
      throw error
    }
  }

  /// Does again what a server undid, since two processes waited for each other's locks.
  private func repeating<Value>(_ work: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    #if Postgres
      for tried in 1...Self.mostCollisions {
        do throws(LedgerError) { return try work() } catch {
          guard case .collided = error else { throw error }
          partyClaims.forget()
          database.pause(milliseconds: Int.random(in: 1...(20 * tried)))
        }
      }
    #endif
    return try work()
  }

  #if Postgres
    private static let mostCollisions = 10
  #endif

  /// Notes a time in a transaction; of a shared ledger its server's.
  func note(_ now: WallTime) throws(LedgerError) {
    let now = time(at: now)
    try setLatest(now)
    latestTime = max(latestTime, now)
  }

  /// Writes the latest time. In a shared ledger a second's lag keeps all from waiting for one row.
  func setLatest(_ time: WallTime) throws(LedgerError) {
    rowStatements.setLatest.bind(1, time.milliseconds)
    rowStatements.setLatest.bind(2, isShared ? 1_000 : 0)
    try rowStatements.setLatest.run()
  }
}
