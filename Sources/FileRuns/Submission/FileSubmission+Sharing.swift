import BillLedger
import SubmitPass

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A ledger at a server, which other processes use too.
extension FileSubmission {
  /// Does a piece of work that no other process has meanwhile. Waits a moment for one that has just died: its server
  /// learns that when it looks at the connection next.
  func holding<Value>(_ work: Work, _ body: () throws(RunFault) -> Value) throws(RunFault) -> Value {
    let watch = Stopwatch()
    while true {
      do throws(LedgerError) {
        try ledger.take(work)
        break
      } catch {
        guard case .workTaken = error, watch.seconds < Self.patience, interrupts() == 0 else { throw .ledger(error) }
        Self.pause(milliseconds: 50)
      }
    }
    defer { ledger.giveBack(work) }
    return try body()
  }

  /// Seconds.
  private static let patience = 2.0

  private static func pause(milliseconds: Int) {
    var time = timespec(tv_sec: 0, tv_nsec: milliseconds * 1_000_000)
    nanosleep(&time, nil)
  }
}

extension SubmitClock {
  /// The clock that all go by who share a ledger: its server's.
  func shared(_ ledger: Ledger) -> SubmitClock {
    guard let sharing = ledger.sharing else { return self }
    var shared = self
    shared.wall = { [wall] in sharing.serverTime(at: wall()) }
    return shared
  }
}
