import BillLedger
import BillModel
import SubmitPass

/// A day's budget for requests that go one after the other: each is counted in the ledger before it goes.
final class DayBudget {
  private let ledger: Ledger
  private let times: TimeLimits
  private let clock: SubmitClock
  /// The day that had none left, and what the ledger said to a count.
  private var spent: CivilDate?
  private var fault: LedgerError?

  init(_ ledger: Ledger, _ times: TimeLimits, _ clock: SubmitClock) {
    (self.ledger, self.times, self.clock) = (ledger, times, clock)
  }

  /// Counts a request that goes now; `false` where it must not.
  func affordsRequest() -> Bool {
    guard let daily = times.daily else { return true }
    guard spent == nil, fault == nil else { return false }
    let today = clock.civil(clock.wall()).date
    do throws(LedgerError) {
      if try ledger.reserve(upTo: 1, on: today, most: daily).granted == 0 { spent = today }
    } catch { fault = error }
    return spent == nil && fault == nil
  }

  /// Why the run must stop, where a request was not afforded.
  func stop() throws(RunFault) -> SubmitStop? {
    if let fault { throw .ledger(fault) }
    return spent.map { .spent($0, times) }
  }
}
