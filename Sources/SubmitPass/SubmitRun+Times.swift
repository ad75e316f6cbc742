import BillLedger
import BillModel
import BillPlanning
import BillSubmission

/// Both limits stop the run, resumable: nothing is held open through the night, and whatever starts runs starts the
/// next one. In quiet hours at once. A day's budget keeps new rows back as soon as it is used; a row that is under way
/// is finished first, so that its repeats may exceed it by a few; and so may processes that share a ledger, by what they send in
/// one moment.
extension SubmitRun {
  /// How many requests the day's budget leaves for now.
  var budgetedRoom: Int {
    guard let daily = options.times.daily else { return .max }
    return daily - (day?.requests ?? 0) - outbox.count
  }

  /// Why the time of day forbids to go on, if it does.
  func timeVerdict() throws(SubmitFault) -> SubmitStop? {
    guard options.times != TimeLimits() else { return nil }
    let civil = clock.civil(now.wall)
    if let end = options.times.quiet?.end(at: civil.minute) {
      return .quietHours(until: "\(QuietHours.text(end)) (\(options.times.zone))")
    }
    guard let daily = options.times.daily else { return nil }
    try open(civil.date)
    guard budgetedRoom <= 0, pending.isEmpty, active.isEmpty, try isMoreToSend() else { return nil }
    return .dayIsSpent(daily, zone: options.times.zone)
  }

  /// Counts what goes out with the next commit.
  func countDay() {
    guard options.times.daily != nil, !outbox.isEmpty, let date = day?.date else { return }
    batch.dayRequests = DayRequests(date: date, requests: outbox.count)
    day?.requests += outbox.count
  }

  /// What other processes have used of the day's budget meanwhile; what they commit in this moment isn't in it.
  func countOthers() throws(SubmitFault) {
    guard ledger.isShared, let date = day?.date else { return }
    day = nil
    try open(date)
  }

  private func open(_ date: CivilDate) throws(SubmitFault) {
    guard day?.date != date else { return }
    do throws(LedgerError) {
      day = DayCount(date: date, requests: try ledger.requests(on: date))
    } catch { throw .ledger(error) }
  }

  /// Looks one row further: a file that is at its end is finished, and not stopped.
  private func isMoreToSend() throws(SubmitFault) -> Bool {
    if !ready.isEmpty || planner.waitingRows > 0 { return true }
    if !feedIsOver { feedIsOver = try feed.next() == nil }
    return !feedIsOver
  }
}
