import Synchronization

/// Whether the disk has taken all that a ledger in a file has made durable.
///
/// When a sync fails, nobody knows what the disk has: the system counts the pages as written and says so only once, SQLite goes
/// on from what is in memory, and all that is committed after that lies behind a hole which the next loss of power makes the
/// log's end. So the ledger does nothing more, and is opened anew: see `LedgerPlace.renewLog`.
final class DiskTrust: Sendable {
  private let isBroken = Atomic<Bool>(false)
  private let fault = Mutex<LedgerError?>(nil)

  var holds: Bool { !isBroken.load(ordering: .acquiring) }

  /// Throws what a sync has failed with.
  func mustHold() throws(LedgerError) {
    guard !holds, let fault = fault.withLock({ $0 }) else { return }
    throw fault
  }

  /// A sync has failed.
  func end(with error: LedgerError) {
    fault.withLock { $0 = $0 ?? error }
    isBroken.store(true, ordering: .releasing)
  }
}
