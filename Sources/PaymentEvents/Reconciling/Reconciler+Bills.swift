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
    /// In which currency.
    var reportedCurrency: CurrencyCode?
    /// Events within the report's period that it doesn't have.
    var notReported = 0

    mutating func add(reported amount: Int64) { byReport = (byReport ?? 0) + amount }
  }

  func addBills(to result: inout Reconciliation) {
    let paid = payments
    for (index, payments) in paid.sorted(by: { $0.key < $1.key }) {
      let bill = world.bills[index]
      addSums(index, payments, to: &result)
      let line = line(index, bill, payments)
      if line.byEvents > 0 || line.standing.needsAttention { result.lines.append(line) }
    }
    let touched = paid.filter {
      $1.byEvents > 0 && !world.bills[$0].isVoided && !isVoidedThere($0) && world.bills[$0].noted == 0
    }.count
    let notedAndVoided = paid.keys.filter { isVoidedThere($0) && world.bills[$0].noted > 0 }.count
    result.openBills =
      result.bills.count - result.bills.voided - result.voidedElsewhere - (result.bills.withNotes - notedAndVoided)
      - touched
  }

  /// Whether the API has a bill voided, and no row says that it is.
  private func isVoidedThere(_ index: Int) -> Bool {
    if case .found(_, _, true) = api[index] { !world.bills[index].isVoided } else { false }
  }

  /// Whether the API has a bill voided that no file voided, or may have.
  private func isVoidedElsewhere(_ index: Int) -> Bool {
    isVoidedThere(index) && !world.bills[index].isVoidOpen
  }

  private var payments: [Int: Paid] {
    var paid: [Int: Paid] = [:]
    let reported = Set(matches.flatMap(\.events))
    for (index, event) in events.enumerated() {
      guard let applied = event.applied, case .bill(let bill, _) = joints[event.number] else { continue }
      paid[bill, default: Paid()].events.append(event)
      paid[bill]?.byEvents += applied.amount
      if isMissedByReport(event, isReported: reported.contains(index)) { paid[bill]?.notReported += 1 }
    }
    for (payment, match) in zip(report?.payments ?? [], matches) where !payment.isRefund {
      switch match {
      case .events(let indices):
        for index in indices {
          guard case .bill(let bill, _) = joints[events[index].number], let applied = events[index].applied else {
            continue
          }
          paid[bill, default: Paid()].add(reported: applied.amount)
        }
      case .bill(let bill):
        paid[bill, default: Paid()].add(reported: payment.amount)
        paid[bill]?.withoutEvent += payment.amount
        paid[bill]?.reportedCurrency = payment.currency
      case .party, .differs, .unknown: break
      }
    }
    for bill in api.keys where paid[bill] == nil { paid[bill] = Paid() }
    return paid
  }

  /// Whether an event lies within the period of the report, which doesn't have it.
  func isMissedByReport(_ event: ReadEvent, isReported: Bool) -> Bool {
    !isReported && report?.period?.contains(event.time) ?? false
  }

  private func addSums(_ index: Int, _ payments: Paid, to result: inout Reconciliation) {
    let bill = world.bills[index]
    guard let currency = bill.currency ?? payments.events.first?.applied?.currency else { return }
    var sums = result.sums[currency] ?? ReconcileSums()
    var asked = bill.isVoided || bill.currency == nil ? 0 : bill.due ?? 0
    sums.noted -= min(bill.noted, asked)
    if isVoidedThere(index) {
      sums.billed -= asked
      asked = 0
      if bill.isVoidOpen { result.bills.voided += 1 } else { result.voidedElsewhere += 1 }
    }
    let byFiles = min(max(0, allPaid(index, payments) - payments.byEvents), asked)
    let settled = min(payments.byEvents, asked - byFiles)
    sums.noted += byFiles
    sums.settled += settled
    sums.beyond += payments.byEvents - settled
    result.sums[currency] = sums
  }

  /// What was paid on a bill in all: by the API, where events and files explain what it has; else by them. A total that a
  /// file set and what events tell are the same money, as far as nothing says otherwise.
  private func allPaid(_ index: Int, _ payments: Paid) -> Int64 {
    let bill = world.bills[index]
    if case .found(let paid, _, _) = api[index], isExplained(paid, bill, payments.byEvents) { return paid }
    return max(payments.byEvents + bill.added, bill.noted)
  }

  private func line(_ index: Int, _ bill: KnownBill, _ payments: Paid) -> ReconcileLine {
    var line = ReconcileLine(.paid, .bill)
    line.reference = bill.reference
    line.id = bill.id ?? ""
    line.row = bill.row
    line.currency = bill.currency ?? payments.events.first?.applied?.currency ?? payments.reportedCurrency
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
    if let change = change(index) {
      line.note = line.standing.needsAttention ? "\(line.note); \(change)" : change
      if !line.standing.needsAttention { line.standing = .changed }
    }
    return line
  }

  /// What the API has otherwise than the ledger, in words; `nil` where it is the same.
  private func change(_ index: Int) -> String? {
    if isVoidedElsewhere(index) { return "the API has it voided, and no file of this ledger voided it" }
    guard case .found(_, let there?, _) = api[index], let here = world.bills[index].due, here != there else {
      return nil
    }
    let currency = world.bills[index].currency
    return "the API has \(money(there, currency)) due, and the ledger \(money(here, currency))"
  }

  private func standing(
    _ index: Int, _ bill: KnownBill, _ payments: Paid, _ line: ReconcileLine, _ isVoided: Bool
  ) -> (ReconcileStanding, String) {
    if case .absent = api[index] { return (.notAtAPI, "the API doesn't have this bill") }
    if let paid = line.byAPI, !isExplained(paid, bill, payments.byEvents) {
      let files = bill.added > 0 || bill.total != nil ? " and files" : ""
      let explained = allPaid(index, payments)
      return paid > explained
        ? (.missingEvent, "the API has \(money(paid - explained, line.currency)) more than events\(files) tell")
        : (.notAtAPI, "events\(files) tell \(money(explained - paid, line.currency)) more than the API has")
    }
    if payments.withoutEvent > 0 {
      let amount = money(payments.withoutEvent, line.currency)
      return (.missingEvent, "Moment's report has \(amount) that no event tells of")
    }
    if payments.notReported > 0 {
      return (.notInReport, "\(payments.notReported) of its events lie within the report's period, which hasn't them")
    }
    if isVoided, line.byEvents > 0 { return (.voided, "it was paid, and it is voided") }
    guard let due = line.due else { return (.partPaid, "the ledger doesn't know what is due; ask the API") }
    let all = allPaid(index, payments)
    if all > due { return (.overpaid, "\(money(all - due, line.currency)) more than is due") }
    if all == due { return (.paid, settledWords(index, payments)) }
    return (.partPaid, "\(money(due - all, line.currency)) is open")
  }

  /// An amount as people write it.
  private func money(_ amount: Int64, _ currency: CurrencyCode?) -> String {
    guard let currency else { return "\(amount) minor units" }
    return "\(MoneyText.major(amount, currency)) \(currency)"
  }

  /// How events came to a bill that they don't name.
  private func settledWords(_ index: Int, _ payments: Paid) -> String {
    for event in payments.events {
      guard case .bill(index, let reason) = joints[event.number] else { continue }
      switch reason {
      case .named, .onlyVoidedBill: continue
      case .onlyOpenBill: return "an event names its account or customer, which had no other open bill then"
      case .api: return "an event names its account or customer; the API has the amount on this bill"
      }
    }
    return ""
  }

  /// Whether events, and what files of payments noted, explain what the API says was paid. A file that set the total may
  /// have set it before or after an event, but never to less than events tell.
  private func isExplained(_ paid: Int64, _ bill: KnownBill, _ byEvents: Int64) -> Bool {
    if paid == byEvents + bill.added { return true }
    guard let total = bill.total else { return false }
    return paid >= byEvents && (paid == total || (paid > total && paid <= total + byEvents + bill.added))
  }
}
