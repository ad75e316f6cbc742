import BillModel

/// Bills that events, the report or the API say something of.
extension Reconciler {
  /// What is known of payments on a bill.
  private struct Paid {
    var events: [ReadEvent] = []
    var byEvents: Int64 = 0
    /// By the report, whether with an event or without.
    var byReport: Int64?
    /// By the report alone.
    var withoutEvent: Int64 = 0
    /// Events within the report's period that it doesn't have.
    var notReported = 0

    mutating func add(reported amount: Int64) { byReport = (byReport ?? 0) + amount }
  }

  func addBills(to result: inout Reconciliation) {
    let paid = payments
    for (index, payments) in paid.sorted(by: { $0.key < $1.key }) {
      let bill = world.bills[index]
      addSums(bill, payments, to: &result)
      let line = line(index, bill, payments)
      if line.byEvents > 0 || line.standing.needsAttention { result.lines.append(line) }
    }
    let touched = paid.filter { $1.byEvents > 0 && !world.bills[$0].isVoided && world.bills[$0].added == 0 }.count
    result.openBills = result.bills.count - result.bills.voided - result.bills.withNotes - touched
  }

  private var payments: [Int: Paid] {
    var paid: [Int: Paid] = [:]
    let reported = Set(matches.compactMap { if case .event(let index) = $0 { index } else { nil } })
    for (index, event) in events.enumerated() {
      guard let applied = event.applied, case .bill(let bill, _) = joints[event.number] else { continue }
      paid[bill, default: Paid()].events.append(event)
      paid[bill]?.byEvents += applied.amount
      if isMissedByReport(event, isReported: reported.contains(index)) { paid[bill]?.notReported += 1 }
    }
    for (payment, match) in zip(report?.payments ?? [], matches) where !payment.isRefund {
      switch match {
      case .event(let index):
        guard case .bill(let bill, _) = joints[events[index].number] else { continue }
        paid[bill, default: Paid()].add(reported: payment.amount)
      case .bill(let bill):
        paid[bill, default: Paid()].add(reported: payment.amount)
        paid[bill]?.withoutEvent += payment.amount
      case .party, .unknown: break
      }
    }
    for bill in api.keys where paid[bill] == nil { paid[bill] = Paid() }
    return paid
  }

  /// Whether an event lies within the period of the report, which doesn't have it.
  func isMissedByReport(_ event: ReadEvent, isReported: Bool) -> Bool {
    guard !isReported, let report, let from = report.from, let to = report.to else { return false }
    return event.time >= from && event.time <= to
  }

  private func addSums(_ bill: KnownBill, _ payments: Paid, to result: inout Reconciliation) {
    guard payments.byEvents > 0, let currency = payments.events.first?.applied?.currency else { return }
    let asked = bill.isVoided || bill.currency == nil ? 0 : max(0, (bill.due ?? 0) - bill.added)
    let settled = min(payments.byEvents, asked)
    result.sums[currency, default: ReconcileSums()].settled += settled
    result.sums[currency]?.beyond += payments.byEvents - settled
  }

  private func line(_ index: Int, _ bill: KnownBill, _ payments: Paid) -> ReconcileLine {
    var line = ReconcileLine(.paid, .bill)
    line.reference = bill.reference
    line.id = bill.id ?? ""
    line.row = bill.row
    line.currency = bill.currency ?? payments.events.first?.applied?.currency
    line.due = bill.due
    line.byEvents = payments.byEvents
    line.byReport = payments.byReport
    line.events = payments.events.count
    line.firstEvent = payments.events.first?.event.id ?? ""
    var isVoided = bill.isVoided
    if case .found(let paid, let due, let voidedThere) = api[index] {
      line.byAPI = paid
      line.due = line.due ?? due
      isVoided = isVoided || voidedThere
    }
    (line.standing, line.note) = standing(index, bill, payments, line, isVoided)
    return line
  }

  private func standing(
    _ index: Int, _ bill: KnownBill, _ payments: Paid, _ line: ReconcileLine, _ isVoided: Bool
  ) -> (ReconcileStanding, String) {
    if case .absent = api[index] { return (.notAtAPI, "the API doesn't have this bill") }
    if let paid = line.byAPI, !isExplained(paid, bill, payments.byEvents) {
      let files = bill.added > 0 || bill.total != nil ? " and files" : ""
      let explained = payments.byEvents + bill.added
      return paid > explained
        ? (.missingEvent, "the API has \(money(paid - explained, line)) more than events\(files) tell")
        : (.notAtAPI, "events\(files) tell \(money(explained - paid, line)) more than the API has")
    }
    if payments.withoutEvent > 0 {
      return (.missingEvent, "Moment's report has \(money(payments.withoutEvent, line)) that no event tells of")
    }
    if payments.notReported > 0 {
      return (.notInReport, "\(payments.notReported) of its events lie within the report's period, which hasn't them")
    }
    if isVoided, line.byEvents > 0 { return (.voided, "it was paid, and it is voided") }
    guard let due = line.due else { return (.partPaid, "the ledger doesn't know what is due; ask the API") }
    let all = line.byEvents + bill.added
    if all > due { return (.overpaid, "\(money(all - due, line)) more than is due") }
    return all == due ? (.paid, settledWords(index)) : (.partPaid, "\(money(due - all, line)) is open")
  }

  /// An amount as people write it.
  private func money(_ amount: Int64, _ line: ReconcileLine) -> String {
    guard let currency = line.currency else { return "\(amount) minor units" }
    return "\(MoneyText.major(amount, currency)) \(currency)"
  }

  /// How events came to a bill that they don't name.
  private func settledWords(_ index: Int) -> String {
    for event in events {
      guard case .bill(index, let reason) = joints[event.number] else { continue }
      switch reason {
      case .named: continue
      case .onlyOpenBill: return "an event names its account or customer, which had no other open bill then"
      case .api: return "an event names its account or customer; the API has the amount on this bill"
      }
    }
    return ""
  }

  /// Whether events, and what files of payments noted, explain what the API says was paid. A file that set the total may
  /// have set it before or after an event.
  private func isExplained(_ paid: Int64, _ bill: KnownBill, _ byEvents: Int64) -> Bool {
    if paid == byEvents + bill.added { return true }
    guard let total = bill.total else { return false }
    return paid == total || (paid > total && paid <= total + byEvents + bill.added)
  }
}
