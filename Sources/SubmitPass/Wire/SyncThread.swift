import BillLedger
import Dispatch
import Synchronization
import Threads
import Transport

/// Makes commits durable on a thread of its own, and only then hands the client the requests that wait for that (rule 3).
/// The run reads, plans and decides meanwhile, and commits again when the disk is through with the commit before.
final class SyncThread: Sendable {
  private struct State {
    /// What waits for the disk, until the thread takes it.
    var requests: [HTTPRequest]?
    var isBusy = false
    var fault: LedgerError?
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let sync: @Sendable () throws(LedgerError) -> Void
  private nonisolated(unsafe) let wire: SubmitWire
  private nonisolated(unsafe) var thread: BackgroundThread?

  /// - Parameters:
  ///   - wire: takes requests, and wakes, from any thread.
  ///   - sync: makes all durable that was committed before it was called.
  ///
  /// `nil` where the system has no more threads.
  init?(_ wire: SubmitWire, sync: @escaping @Sendable () throws(LedgerError) -> Void) {
    self.sync = sync
    self.wire = wire
    guard let thread = BackgroundThread({ [self] in work() }) else { return nil }
    self.thread = thread
  }

  /// Whether a commit is on its way to the disk. Throws what the disk said to one: nothing of it was handed on.
  func isBusy() throws(LedgerError) -> Bool {
    let (isBusy, fault) = state.withLock { ($0.isBusy, $0.fault) }
    if let fault { throw fault }
    return isBusy
  }

  /// Takes what was just committed to the disk, and these requests to the client after it. Not while it is busy.
  func take(_ requests: [HTTPRequest]) {
    state.withLock { ($0.requests, $0.isBusy) = (requests, true) }
    news.signal()
  }

  /// Ends the thread, once what it has is through. Called in the end, whatever the end is.
  func finish() {
    news.signal()
    thread?.join()
    thread = nil
  }

  private func work() {
    while true {
      news.wait()
      let requests = state.withLock { $0.requests.take() }
      guard let requests else { return }
      do throws(LedgerError) { try sync() } catch { return fail(error) }
      if !requests.isEmpty { wire.submit(requests) }
      CrashPoint.pass(.handed)
      state.withLock { $0.isBusy = false }
      wire.wake()
    }
  }

  private func fail(_ fault: LedgerError) {
    state.withLock { ($0.fault, $0.isBusy) = (fault, false) }
    wire.wake()
  }
}
