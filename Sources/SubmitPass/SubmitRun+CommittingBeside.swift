import BillLedger

/// Committing beside the work.
extension SubmitRun {
  /// From here on batches are committed beside the run, where wire and ledger are fit for that.
  func beginCommitting() throws(SubmitFault) {
    guard options.scope.writes, connection.takesFromAnyThread else { return }
    do throws(LedgerError) {
      guard let sync = try ledger.commitAhead() else { return }
      committer = CommitThread(connection.wire) { () throws(LedgerError) in try sync.sync() }
      if committer == nil { try ledger.waitForDisk() }
    } catch { throw .ledger(error) }
  }

  /// What was handed over is durable, and what comes is with its commit.
  func endCommitting() throws(SubmitFault) {
    guard let committer else { return }
    self.committer = nil
    committer.finish()
    do throws(LedgerError) {
      try ledger.waitForDisk()
      _ = try committer.isBusy()
    } catch { throw .ledger(error) }
  }

  /// Whether the next commit waits for more rows to go with it.
  func gathers() -> Bool {
    guard committer != nil, stop == nil, !batch.isEmpty(butForRequests: true) else { return false }
    return gathering.waits(
      handed: pending.count + desk.pending.count - outbox.count, inFlight: options.inFlight, ahead: ahead,
      now: now.monotonic)
  }

  /// Whether a batch is under way that the next one must wait for.
  func isCommitting() throws(SubmitFault) -> Bool {
    guard let committer, hasBatchOut else { return false }
    do throws(LedgerError) { return try committer.isBusy() } catch { throw .ledger(error) }
  }

  /// Gives the batch away, with the requests that wait for it.
  func handOver(to committer: any BatchCommitter) {
    // Given away as the requests are.
    var handed = LedgerBatch()
    swap(&handed, &emptied)
    swap(&handed, &batch)
    hasBatchOut = true
    committer.take(
      ledger.handOver(consume handed, fileRun: fileRun, now: now.wall) { committer.waitUntilWritten() }, takeOutbox())
  }

  /// Takes in what became of the batch that was handed over; `false` while it is under way.
  func takeInBatch() throws(SubmitFault) -> Bool {
    guard hasBatchOut, let committer else { return true }
    var through: BatchOutcome?
    do throws(LedgerError) { through = try committer.outcome() } catch { throw .ledger(error) }
    guard let outcome = through.take() else { return false }
    hasBatchOut = false
    emptied = outcome.batch
    guard !outcome.refused.isEmpty else { return true }
    handOn(try giveWay(outcome.refused, outcome.requests))
    return true
  }
}
