import BillModel
import PaymentEvents

/// A reconciliation for people: what came, where it went, what to look at.
struct ReconcileText {
  let result: Reconciliation
  let screen: Screen
  /// Where the report lies.
  let folder: String
  /// Lines shown of a standing; `nil`: three.
  var most: Int?

  var text: String {
    var lines = headline
    lines += entry("events", eventWords)
    for currency in result.currencies { lines += money(currency) }
    lines += entry("bills", billWords)
    if result.hasReport {
      lines += entry("report", reportWords)
    }
    lines += entry("api", apiWords)
    for standing in ReconcileStanding.allCases where standing.needsAttention { lines += self.lines(standing) }
    lines += entry("report", Masking.oneLine(folder))
    return lines.joined(separator: "\n") + "\n"
  }

  private var headline: [String] {
    let (sign, colour) = result.needsAttention ? ("!", "33") : ("✓", "32")
    return [screen.paint(sign, "1;\(colour)") + screen.paint(" money back: \(result.headline)", "1")]
  }

  private var eventWords: String {
    var text =
      "\(MoneyText.count(result.eventCount)) = \(MoneyText.count(result.eventsOnBills)) on bills + "
      + "\(MoneyText.count(result.eventsOnBalances)) on balances + \(MoneyText.count(result.eventsAmbiguous)) ambiguous + "
      + "\(MoneyText.count(result.eventsUnknown)) unknown"
    if result.unreadableEvents > 0 { text += "; \(result.unreadableEvents) can't be gone by" }
    if result.otherEvents > 0 { text += "; \(count(result.otherEvents, "event")) of other types" }
    return text
  }

  private func money(_ currency: CurrencyCode) -> [String] {
    let sums = result.sums[currency] ?? ReconcileSums()
    func major(_ amount: Int64) -> String { MoneyText.major(amount, currency) }
    var lines = entry(
      currency.description,
      "\(major(sums.events)) by events = \(major(sums.onBills)) on bills + \(major(sums.onBalances)) on balances + "
        + "\(major(sums.ambiguous)) ambiguous + \(major(sums.unknown)) unknown")
    let beyond = sums.beyond > 0 ? ", and \(major(sums.beyond)) paid beyond it" : ""
    let noted = sums.noted > 0 ? "\(major(sums.noted)) noted by files + " : ""
    lines += entry(
      "", "\(major(sums.billed)) billed = \(noted)\(major(sums.settled)) paid + \(major(sums.open)) open\(beyond)")
    if result.hasReport {
      let refunds = sums.refunds > 0 ? ", and \(major(sums.refunds)) refunded" : ""
      lines += entry(
        "",
        "\(major(sums.reported)) reported = \(major(sums.reportedWithEvent)) with an event + "
          + "\(major(sums.reportedWithoutEvent)) without + \(major(sums.reportedUnknown)) unknown\(refunds)")
    }
    return lines
  }

  private var billWords: String {
    let counts = result.count
    var parts: [String] = []
    for (standing, words) in [
      (ReconcileStanding.paid, "paid"), (.partPaid, "paid in part"), (.overpaid, "overpaid"),
    ] {
      if let number = counts[standing], number > 0 { parts.append("\(MoneyText.count(number)) \(words)") }
    }
    var text = "\(MoneyText.count(result.bills.count)) in the ledger, "
    text += parts.isEmpty ? "" : parts.joined(separator: ", ") + ", "
    text += "\(MoneyText.count(result.openBills)) without a payment"
    if result.voidedElsewhere > 0 { text += "; \(MoneyText.count(result.voidedElsewhere)) voided by others at the API" }
    if result.bills.withoutAmount > 0 {
      text += "; of \(MoneyText.count(result.bills.withoutAmount)) the ledger doesn't know the amount"
    }
    if result.bills.unresolvedRows > 0 {
      text += "; \(count(result.bills.unresolvedRows, "row")) unknown: billdrop settle first"
    }
    return text
  }

  private var reportWords: String {
    let text =
      "\(count(result.reportedPayments, "payment")) and \(count(result.reportedRefunds, "refund")) of Moment's report"
    guard result.reportHasNoPeriod else { return text }
    return text + "; its period can't be read, so that events which it should have, and hasn't, don't show"
  }

  private var apiWords: String {
    guard let asked = result.asked else { return "not asked: what no event told of doesn't show" }
    let failed = result.askedInVain > 0 ? ", no answer for \(MoneyText.count(result.askedInVain))" : ""
    return "asked about \(count(asked, "bill"))\(failed)"
  }

  /// The first lines of a standing.
  private func lines(_ standing: ReconcileStanding) -> [String] {
    let all = result.lines.filter { $0.standing == standing }
    guard !all.isEmpty else { return [] }
    var lines = ["  \(screen.paint("✗", "31")) \(standing.words.lowercasedFirst) · \(times(all.count))"]
    for line in all.prefix(most ?? 3) {
      let name = Masking.shown(line.reference.isEmpty ? line.id : line.reference)
      let place = line.row.map { " (\(Masking.shown($0.file)), record \(MoneyText.count($0.record)))" } ?? ""
      let amount = line.currency.map { " \($0) \(MoneyText.major(line.amount, $0)):" } ?? ":"
      lines += TextLines.wrap(
        "\(line.subject.rawValue) \(name)\(place)\(amount) \(Masking.oneLine(line.note))", to: screen.columns,
        first: "    ", margin: "      ")
    }
    if all.count > most ?? 3 { lines.append("    … reconcile.csv lists all") }
    return lines
  }

  private func times(_ number: Int) -> String { number == 1 ? "once" : "\(MoneyText.count(number)) times" }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(MoneyText.count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  private func entry(_ name: String, _ text: String) -> [String] {
    let title = "  " + name + String(repeating: " ", count: max(1, 9 - TextWidth.of(name)))
    return TextLines.wrap(text, to: screen.columns, first: title, margin: String(repeating: " ", count: 11))
  }
}

extension ReconcileLine {
  /// The amount that it is about first: what events tell, else what the report does.
  fileprivate var amount: Int64 { events > 0 ? byEvents : byReport ?? byAPI ?? byEvents }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
