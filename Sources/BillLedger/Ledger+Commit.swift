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
    let latest = batch.intents.reduce(max(now, latestTime)) { max($0, $1.firstSentAt) }
    do throws(LedgerError) {
      let refused = try database.transaction { () throws(LedgerError) in
        var writer = BatchWriter(ledger: self, fileRun: fileRun)
        return try writer.write(batch, latest: latest)
      }
      latestTime = latest
      return refused
    } catch {
      partyClaims.forget()
      throw error
    }
  }

  /// Notes a time in a transaction.
  func note(_ now: WallTime) throws(LedgerError) {
    rowStatements.setLatest.bind(1, now.milliseconds)
    try rowStatements.setLatest.run()
    latestTime = max(latestTime, now)
  }
}
