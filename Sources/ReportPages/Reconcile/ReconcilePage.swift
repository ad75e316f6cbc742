package import BillModel
package import PaymentEvents

/// `reconcile.html`: what came in, where it went, and what somebody has to look at. Its size is bounded: of each standing
/// the first lines are shown, `reconcile.csv` has all.
package struct ReconcilePage {
  /// Most lines of a standing.
  static let shownLines = 50

  let result: Reconciliation
  private let madeAt: WallTime
  private let version: String

  package init(_ result: Reconciliation, madeAt: WallTime, version: String) {
    self.result = result
    self.madeAt = madeAt
    self.version = version
  }

  /// The page, UTF-8.
  package var utf8: [UInt8] {
    PageFrame.page(
      title: "\(sign) Money back: \(result.headline)",
      header: { writeHeader(to: &$0) },
      main: { html in
        writeEvents(to: &html)
        writeBills(to: &html)
        if result.hasReport { writeReport(to: &html) }
        for standing in ReconcileStanding.allCases { writeLines(standing, to: &html) }
        writeFacts(to: &html)
      },
      footer: "Written by billdrop \(version). Bills, accounts and customers by reference, nobody by name.")
  }

  private var sign: String { result.needsAttention ? "!" : "✓" }

  private func writeHeader(to html: inout HTMLText) {
    html.element("div", ["class": "verdict \(result.needsAttention ? "warn" : "good")"]) { html in
      html.element("p", ["class": "sign", "aria-hidden": "true"]) { $0.element("span", text: sign) }
      html.element("div") { html in
        html.element("p", ["class": "file"], text: "Money coming back")
        html.element("h1", text: result.headline)
        html.element("p", ["class": "when"], text: "Made \(PageWords.moment(madeAt)) · \(sources)")
      }
    }
    html.element("ul", ["class": "tiles"]) { html in
      html.tile(MoneyText.count(result.eventCount), "payments by events")
      for currency in result.currencies.prefix(3) {
        let sums = result.sums[currency] ?? ReconcileSums()
        html.tile(
          MoneyText.major(sums.events, currency),
          "\(currency) by events, of \(MoneyText.major(sums.billed, currency)) billed")
      }
      html.tile(MoneyText.count(result.openBills), "bills without a payment")
    }
  }

  /// What was compared.
  private var sources: String {
    var parts = ["events", "ledger"]
    if result.hasReport { parts.append("Moment's report") }
    if let asked = result.asked { parts.append("API (\(PageWords.count(asked, "bill")))") }
    return parts.joined(separator: ", ")
  }

  private func writeEvents(to html: inout HTMLText) {
    html.section("events", "Every cent of the events") { html in
      writeTable(
        "Events by where they went", first: "Events", counts: true,
        rows: [
          ("on bills", result.eventsOnBills, \.onBills), ("on balances", result.eventsOnBalances, \.onBalances),
          ("ambiguous", result.eventsAmbiguous, \.ambiguous),
          ("unknown to the ledger", result.eventsUnknown, \.unknown),
        ], sum: ("= all that events tell of", result.eventCount, \.events), to: &html)
      proof("Adds up: \(PageWords.count(result.eventCount, "event")), each in one place.", to: &html)
    }
  }

  private func writeBills(to html: inout HTMLText) {
    html.section("bills", "What is billed, what is paid, what is open") { html in
      writeTable(
        "Bills by what was paid", first: "Bills of the ledger", counts: false,
        rows: [
          ("noted by files, as paid before or elsewhere", 0, \.noted), ("paid by events", 0, \.settled),
          ("open", 0, \.open),
        ], sum: ("= billed", 0, \.billed), to: &html)
      let beyond = result.currencies.filter { (result.sums[$0]?.beyond ?? 0) != 0 }
      if !beyond.isEmpty {
        let words = beyond.map { "\(MoneyText.major(result.sums[$0]?.beyond ?? 0, $0)) \($0)" }.joined(separator: ", ")
        html.element("p", text: "Beside it, paid beyond what is due: \(words).")
      }
      proof(
        "Adds up: noted, paid and open are what is billed; paid and beyond are what events put on bills.", to: &html)
    }
  }

  private func writeReport(to html: inout HTMLText) {
    html.section("report", "Moment's report") { html in
      writeTable(
        "Payments of the report", first: "Payments", counts: false,
        rows: [
          ("with an event", 0, \.reportedWithEvent), ("without an event", 0, \.reportedWithoutEvent),
          ("unknown to the ledger", 0, \.reportedUnknown),
        ], sum: ("= all payments of the report", 0, \.reported), to: &html)
      proof("Adds up: \(PageWords.count(result.reportedPayments, "payment")), each in one place.", to: &html)
      if result.reportHasNoPeriod {
        html.element(
          "p", text: "Its period can't be read: events that it should have, and hasn't, don't show.")
      }
      if result.reportedRefunds > 0 {
        html.element("p", text: "Beside them \(PageWords.count(result.reportedRefunds, "refund")), listed below.")
      }
    }
  }

  private func proof(_ words: String, to html: inout HTMLText) {
    html.element("p", ["class": "adds"], text: "✓ \(words)")
  }

  private typealias Row = (words: String, count: Int, sum: KeyPath<ReconcileSums, Int64>)

  private func writeTable(
    _ label: String, first: String, counts: Bool, rows: [Row], sum: Row, to html: inout HTMLText
  ) {
    let currencies = result.currencies
    html.scrolling(label) { html in
      html.element("table") { html in
        html.element("thead") { html in
          html.element("tr") { html in
            html.element("th", ["scope": "col"], text: first)
            if counts { html.element("th", ["scope": "col"], text: "Count") }
            for currency in currencies { html.element("th", ["scope": "col"], text: currency.description) }
          }
        }
        html.element("tbody") { html in for row in rows { write(row, counts, to: &html) } }
        html.element("tfoot") { html in write(sum, counts, to: &html) }
      }
    }
  }

  private func write(_ row: Row, _ counts: Bool, to html: inout HTMLText) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"], text: row.words)
      if counts { html.element("td", text: MoneyText.count(row.count)) }
      for currency in result.currencies {
        let sums = result.sums[currency] ?? ReconcileSums()
        html.element("td", text: MoneyText.major(sums[keyPath: row.sum], currency))
      }
    }
  }

  private func writeFacts(to html: inout HTMLText) {
    html.section("facts", "What was compared") { html in
      html.element("dl") { html in
        fact("Bills of the ledger", MoneyText.count(result.bills.count), to: &html)
        if result.bills.voided > 0 { fact("of these voided by files", MoneyText.count(result.bills.voided), to: &html) }
        if result.voidedElsewhere > 0 {
          fact("of these voided by others, at the API", MoneyText.count(result.voidedElsewhere), to: &html)
        }
        if result.bills.withoutAmount > 0 {
          fact(
            "of these of an amount that the ledger doesn't know", MoneyText.count(result.bills.withoutAmount), to: &html
          )
        }
        if result.bills.unresolvedRows > 0 {
          fact("Rows whose fate isn't known yet", MoneyText.count(result.bills.unresolvedRows), to: &html)
        }
        fact("The API was", result.asked.map { "asked about \(PageWords.count($0, "bill"))" } ?? "not asked", to: &html)
        if result.askedInVain > 0 { fact("of these without an answer", MoneyText.count(result.askedInVain), to: &html) }
        if result.otherEvents > 0 { fact("Events of other types", MoneyText.count(result.otherEvents), to: &html) }
      }
    }
  }

  private func fact(_ name: String, _ value: String, to html: inout HTMLText) {
    html.element("dt", text: name)
    html.element("dd", text: value)
  }
}
