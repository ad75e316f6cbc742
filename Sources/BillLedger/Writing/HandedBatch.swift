package import BillModel

/// A batch on its way to be committed by another thread than the one that the ledger is for. Until it is written, or dropped,
/// it has the ledger's tables: whoever has the ledger waits for it, or does without them. Written once, or never.
package struct HandedBatch: ~Copyable, @unchecked Sendable {
  // Sendable, since the tables are nobody else's until whoever has the ledger was told that this is over.
  private let ledger: Ledger
  private var batch: LedgerBatch
  private let fileRun: FileRunID
  private let latest: WallTime

  init(_ batch: consuming LedgerBatch, of fileRun: FileRunID, latest: WallTime, for ledger: Ledger) {
    self.ledger = Ledger(writingFor: ledger)
    self.batch = batch
    self.fileRun = fileRun
    self.latest = latest
  }

  /// Commits it, as `Ledger.commit` does. Returns the claims that were refused, and the batch emptied, for the next one.
  package consuming func write() throws(LedgerError) -> (refused: [RefusedClaim], emptied: LedgerBatch) {
    let refused = try ledger.write(batch, fileRun: fileRun, latest: latest)
    var emptied = LedgerBatch()
    swap(&emptied, &batch)
    emptied.removeAll()
    return (refused, emptied)
  }
}

extension Ledger {
  /// Gives a batch away to be committed by another thread: one at a time, and not of a shared ledger, in which others decide
  /// meanwhile. What was decided here until now goes with it, and no later write of this ledger comes before it.
  ///
  /// - Parameter wait: Returns when the batch is written, or never will be. Called where the tables are needed before.
  package func handOver(
    _ batch: consuming LedgerBatch, fileRun: FileRunID, now: WallTime, waitingBy wait: @escaping () -> Void
  ) -> HandedBatch {
    precondition(sharing == nil, "others decide meanwhile")
    latestTime = latest(of: batch, now)
    begin(waitingBy: wait)
    return HandedBatch(batch, of: fileRun, latest: latestTime, for: self)
  }
}
