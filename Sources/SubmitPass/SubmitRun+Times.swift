import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import Transport

/// Both limits stop the run, resumable: nothing is held open through the night, and whatever starts runs starts the
/// next one. In quiet hours at once.
///
/// A day's budget holds for all requests, of all processes: each is counted in the ledger before it goes to the client, and
/// what certainly didn't go out is given back. New rows are kept back in time to leave some requests for each that is
/// under way. Where that isn't enough the run stops with rows unknown, which the next day's takes up.
extension SubmitRun {
  /// How many requests are kept for a row that goes: for looks, for what else it makes, and for a repeat. Rows that share what
  /// is too little for each would begin anew every day.
  private static let requestsARow = 6

  /// For how many new rows the day's budget leaves room now.
  var budgetedRoom: Int {
    guard options.times.daily != nil else { return .max }
    guard let ration else { return 0 }
    let all = ration.left.addingReportingOverflow(ration.uncounted)
    let left = (all.overflow ? .max : all.partialValue) - desk.updates.count
    // The last requests of a day are for one row at a time.
    let least = active.isEmpty && desk.updates.isEmpty ? 1 : 0
    return min(ration.left, max(least, left / Self.requestsARow - active.count))
  }

  /// Whether nothing more may be sent today.
  var isDaySpent: Bool { options.times.daily != nil && ration?.isSpent ?? false }

  /// Why the time of day forbids to go on, if it does.
  func timeVerdict() throws(SubmitFault) -> SubmitStop? {
    guard options.times != TimeLimits() else { return nil }
    if let end = options.times.quiet?.end(at: clock.civil(now.wall).minute) {
      return .quietHours(until: "\(QuietHours.text(end)) (\(options.times.zone))")
    }
    guard let ration, options.times.daily != nil else { return nil }
    // More is in the client than the day has: what of that waits there still is taken back.
    if ration.left < 0 { return try isMoreToSend() ? daySpent : nil }
    guard pending.isEmpty, desk.pending.isEmpty else { return nil }
    if isDaySpent { return try isMoreToSend() ? daySpent : nil }
    return try isKeptBack() ? daySpent : nil
  }

  /// Whether rows could go but for what is kept of the day for repeats, and nothing is under way that could give it back:
  /// updates of parties wait for the end of the file.
  private func isKeptBack() throws(SubmitFault) -> Bool {
    guard budgetedRoom <= 0, due.next == nil, desk.nextDue == nil else { return false }
    return try isMoreInFile()
  }

  /// Counts what may go out today. Before a turn looks at anything: what the client has when a day begins may go out on it.
  func tendDay() throws(SubmitFault) {
    guard let daily = options.times.daily, stop == nil else { return }
    let date = clock.civil(now.wall).date
    if ration?.date != date { try beginDay(date, daily) }
    let portion = DayRation.portion(rate: connection.pacer.rate, daily: daily)
    if let wanted = ration?.wanted(portion, admitted: connection.admitted), wanted > 0 {
      let counted = try count(wanted, daily)
      ration?.take(counted.granted, uncounted: counted.left)
    }
  }

  /// All that the client has may go out on the new day, whatever of it has gone before; for what others have counted of that
  /// already the run owes the day.
  private func beginDay(_ date: CivilDate, _ daily: Int) throws(SubmitFault) {
    let admitted = connection.admitted
    ration = DayRation(date: date, unsent: ration?.unsent(admitted: admitted) ?? 0, admitted: admitted)
    let inClient = pending.count + desk.pending.count
    guard inClient > 0 else { return }
    let counted = try count(inClient, daily)
    ration?.take(0, uncounted: counted.left)
    ration?.owe(inClient - counted.granted)
  }

  /// Whether the day's budget has a request for a row under way; where it has none, the run stops.
  func affordsRequest() throws(SubmitFault) -> Bool {
    guard let daily = options.times.daily else { return true }
    if let ration, ration.left <= 0, !ration.isSpent {
      let counted = try count(1, daily)
      self.ration?.take(counted.granted, uncounted: counted.left)
    }
    if ration?.left ?? 0 > 0 { return true }
    end(daySpent)
    return false
  }

  /// What certainly didn't go out is nobody's request.
  func noteUnsent(_ completion: Completion) {
    guard options.times.daily != nil, case .failure(.notSent) = completion.result else { return }
    ration?.comeBack(1, wereAdmitted: completion.sentAt > 0)
  }

  /// Gives back what is left at the end of the run.
  func giveBackRation() throws(LedgerError) {
    guard let date = ration?.date, let left = ration?.empty(), left > 0 else { return }
    try ledger.giveBack(left, on: date)
  }

  private var daySpent: SubmitStop {
    .spent(ration?.date ?? clock.civil(now.wall).date, options.times)
  }

  private func count(_ wanted: Int, _ daily: Int) throws(SubmitFault) -> (granted: Int, left: Int) {
    guard let date = ration?.date else { return (0, 0) }
    do throws(LedgerError) {
      return try ledger.reserve(upTo: wanted, on: date, most: daily)
    } catch { throw .ledger(error) }
  }

  /// Looks one row further: a file that is at its end is finished, and not stopped.
  private func isMoreToSend() throws(SubmitFault) -> Bool {
    if !active.isEmpty || !desk.isEmpty || planner.waitingRows > 0 { return true }
    return try isMoreInFile()
  }

  private func isMoreInFile() throws(SubmitFault) -> Bool {
    if !ready.isEmpty { return true }
    while !feedIsOver {
      switch try feed.next() {
      case .passedOver: continue
      case .unresolved, .new, .settled: return true
      case nil: feedIsOver = true
      }
    }
    return false
  }
}
