import BillLedger
import BillModel
import SubmitPass

/// A day's budget for requests of which few are under way: each is counted in the ledger before it is handed to the client.
final class DayBudget {
  private let ledger: Ledger
  private let times: TimeLimits
  private let clock: SubmitClock
  /// The day on which all that the client has is counted.
  private var day: CivilDate?
  /// The day that had none left, and what the ledger said to a count.
  private var spent: CivilDate?
  private var fault: LedgerError?

  init(_ ledger: Ledger, _ times: TimeLimits, _ clock: SubmitClock) {
    (self.ledger, self.times, self.clock) = (ledger, times, clock)
  }

  /// Whether there is a budget at all.
  var isSet: Bool { times.daily != nil }

  /// Counts a request that goes now, of which the client has so many already; `false` where it must not.
  func affordsRequest(inClient: Int) -> Bool {
    guard let daily = times.daily else { return true }
    tend(inClient: inClient)
    if let day { count(1, on: day, daily) }
    return spent == nil && fault == nil
  }

  /// When a day has begun, counts what the client has for it too: that may go out on it.
  func tend(inClient: Int) {
    guard let daily = times.daily else { return }
    let today = clock.civil(clock.wall()).date
    guard today != day else { return }
    let isFirst = day == nil
    day = today
    if !isFirst { count(inClient, on: today, daily) }
  }

  private func count(_ requests: Int, on date: CivilDate, _ daily: Int) {
    guard requests > 0, spent == nil, fault == nil else { return }
    do throws(LedgerError) {
      if try ledger.reserve(upTo: requests, on: date, most: daily).granted < requests { spent = date }
    } catch { fault = error }
  }

  /// Why the run must stop, where not all requests were afforded.
  func stop() throws(RunFault) -> SubmitStop? {
    if let fault { throw .ledger(fault) }
    return spent.map { .spent($0, times) }
  }
}
