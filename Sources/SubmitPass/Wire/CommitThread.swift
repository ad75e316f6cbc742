import BillLedger
import Dispatch
import Synchronization
import Threads
import Transport

/// Commits batches on a thread of its own: writes each, waits for the disk, and only then hands the client the requests that
/// wait for that (rule 3). The run reads, plans and decides meanwhile, and hands over the next one when this one is through.
final class CommitThread: BatchCommitter, Sendable {
  private struct State: ~Copyable {
    /// What waits for the thread, until it takes it.
    var batch: HandedBatch?
    var requests: [HTTPRequest] = []
    /// Whether a batch isn't written yet, and whether the run waits for that.
    var isWriting = false
    var isAwaited = false
    /// Whether it isn't through.
    var isBusy = false
    var outcome: BatchOutcome?
    var fault: LedgerError?
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let written = DispatchSemaphore(value: 0)
  private let sync: @Sendable () throws(LedgerError) -> Void
  private nonisolated(unsafe) let wire: SubmitWire
  private nonisolated(unsafe) var thread: BackgroundThread?

  /// - Parameters:
  ///   - wire: takes requests, and wakes, from any thread.
  ///   - sync: makes all durable that was written before it was called.
  ///
  /// `nil` where the system has no more threads.
  init?(_ wire: SubmitWire, sync: @escaping @Sendable () throws(LedgerError) -> Void) {
    self.sync = sync
    self.wire = wire
    guard let thread = BackgroundThread({ [self] in work() }) else { return nil }
    self.thread = thread
  }

  func isBusy() throws(LedgerError) -> Bool {
    let (isBusy, fault) = state.withLock { ($0.isBusy, $0.fault) }
    if let fault { throw fault }
    return isBusy
  }

  func outcome() throws(LedgerError) -> BatchOutcome? {
    let (outcome, fault) = state.withLock { ($0.outcome.take(), $0.fault) }
    if let fault { throw fault }
    return outcome
  }

  func take(_ batch: consuming HandedBatch, _ requests: [HTTPRequest]) {
    var batch = Optional(batch)
    state.withLock {
      precondition(!$0.isBusy, "one batch at a time")
      $0.batch = batch.take()
      $0.requests = requests
      ($0.isWriting, $0.isBusy) = (true, true)
    }
    news.signal()
  }

  func waitUntilWritten() {
    let mustWait = state.withLock {
      $0.isAwaited = $0.isWriting
      return $0.isWriting
    }
    if mustWait { written.wait() }
  }

  func finish() {
    news.signal()
    thread?.join()
    thread = nil
  }

  private func work() {
    while true {
      news.wait()
      guard let batch = state.withLock({ $0.batch.take() }) else { return }
      var requests: [HTTPRequest] = []
      state.withLock { swap(&requests, &$0.requests) }
      do throws(LedgerError) { try carryOut(batch, requests) } catch { fail(error) }
      wire.wake()
    }
  }

  private func carryOut(_ batch: consuming HandedBatch, _ requests: [HTTPRequest]) throws(LedgerError) {
    CrashPoint.pass(.committing)
    let (refused, emptied) = try batch.write()
    noteWritten()
    try sync()
    CrashPoint.pass(.committed)
    var outcome = BatchOutcome(refused: refused, batch: emptied)
    if refused.isEmpty {
      if !requests.isEmpty { wire.submit(requests) }
      CrashPoint.pass(.handed)
    } else {
      outcome.requests = requests
    }
    state.withLock { ($0.outcome, $0.isBusy) = (outcome, false) }
  }

  /// Nothing is written any more, and who waits for that goes on.
  private func noteWritten() {
    let isAwaited = state.withLock {
      let isAwaited = $0.isAwaited
      ($0.isWriting, $0.isAwaited) = (false, false)
      return isAwaited
    }
    if isAwaited { written.signal() }
  }

  private func fail(_ fault: LedgerError) {
    state.withLock { ($0.fault, $0.isBusy) = (fault, false) }
    noteWritten()
  }
}
