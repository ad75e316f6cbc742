package import BillModel

/// The result of a reconciliation: every event, every reported payment and every bill in its place.
package struct Reconciliation: Sendable {
  /// Gravest first, then by reference.
  package var lines: [ReconcileLine] = []
  package var sums: [CurrencyCode: ReconcileSums] = [:]
  package var bills = BillTotals()
  /// Bills that are voided at the API, and by no file.
  package var voidedElsewhere = 0
  /// Bills that nothing was paid on, by events.
  package var openBills = 0
  /// Events that say that something was paid, by where they went.
  package var eventsOnBills = 0
  package var eventsOnBalances = 0
  package var eventsAmbiguous = 0
  package var eventsUnknown = 0
  /// Events of other types.
  package var otherEvents = 0
  package var unreadableEvents = 0
  package var reportedPayments = 0
  package var reportedRefunds = 0
  package var hasReport = false
  /// The report's period can't be read, so that nothing says which events it should have.
  package var reportHasNoPeriod = false
  /// How many bills the API was asked about; `nil` where it wasn't asked.
  package var asked: Int?
  /// Of these, those that couldn't be had.
  package var askedInVain = 0

  package init() {}

  package var count: [ReconcileStanding: Int] {
    lines.reduce(into: [:]) { $0[$1.standing, default: 0] += 1 }
  }

  package var needsAttention: Bool {
    askedInVain > 0 || reportHasNoPeriod || lines.contains { $0.standing.needsAttention }
  }

  /// In a few words, what it comes to.
  package var headline: String {
    let attention = lines.reduce(0) { $0 + ($1.standing.needsAttention ? 1 : 0) }
    if attention > 0 { return "\(MoneyText.count(attention)) line\(attention == 1 ? "" : "s") to look at" }
    if askedInVain > 0 { return "the API didn't answer for all bills" }
    return reportHasNoPeriod ? "the period of Moment's report can't be read" : "every amount has its place"
  }

  /// Events that say that something was paid.
  package var eventCount: Int { eventsOnBills + eventsOnBalances + eventsAmbiguous + eventsUnknown }

  /// The currencies, in the alphabet's order.
  package var currencies: [CurrencyCode] { sums.keys.sorted() }

  /// What doesn't add up; empty unless billdrop is at fault.
  package var discrepancies: [String] {
    currencies.flatMap { currency in (sums[currency]?.discrepancies ?? []).map { "\(currency) \($0)" } }
  }
}
