import BillLedger

/// Waiting for the disk beside the work.
extension SubmitRun {
  /// From here on commits are made durable beside the run, where wire and ledger are fit for that.
  func beginSyncing() throws(SubmitFault) {
    guard options.scope.writes, connection.takesFromAnyThread else { return }
    do throws(LedgerError) {
      guard let sync = try ledger.commitAhead() else { return }
      syncing = SyncThread(connection.wire) { () throws(LedgerError) in try sync.sync() }
      if syncing == nil { try ledger.waitForDisk() }
    } catch { throw .ledger(error) }
  }

  /// What was committed is durable, and what comes is with its commit.
  func endSyncing() throws(SubmitFault) {
    guard let syncing else { return }
    self.syncing = nil
    syncing.finish()
    do throws(LedgerError) {
      try ledger.waitForDisk()
      _ = try syncing.isBusy()
    } catch { throw .ledger(error) }
  }

  /// Whether the next commit waits for more rows to go with it.
  func gathers() -> Bool {
    guard syncing != nil, stop == nil, !batch.isEmpty(butForRequests: true) else { return false }
    return gathering.waits(
      handed: pending.count + desk.pending.count - outbox.count, inFlight: options.inFlight, ahead: lookAhead,
      now: now.monotonic)
  }

  /// Whether the disk has a commit that the next one must wait for.
  func isSyncing() throws(SubmitFault) -> Bool {
    do throws(LedgerError) { return try syncing?.isBusy() ?? false } catch { throw .ledger(error) }
  }
}
