package import BillModel

/// The result of a reconciliation: every event, every reported payment and every bill in its place.
package struct Reconciliation: Sendable {
  /// Gravest first, then by reference.
  package var lines: [ReconcileLine] = []
  package var sums: [CurrencyCode: ReconcileSums] = [:]
  package var bills = BillTotals()
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
  /// How many bills the API was asked about; `nil` where it wasn't asked.
  package var asked: Int?
  /// Of these, those that couldn't be had.
  package var askedInVain = 0

  package init() {}

  package var count: [ReconcileStanding: Int] {
    lines.reduce(into: [:]) { $0[$1.standing, default: 0] += 1 }
  }

  package var needsAttention: Bool { askedInVain > 0 || lines.contains { $0.standing.needsAttention } }

  /// Events that say that something was paid.
  package var eventCount: Int { eventsOnBills + eventsOnBalances + eventsAmbiguous + eventsUnknown }

  /// The currencies, in the alphabet's order.
  package var currencies: [CurrencyCode] { sums.keys.sorted() }

  /// What doesn't add up; empty unless billdrop is at fault.
  package var discrepancies: [String] {
    currencies.flatMap { currency in (sums[currency]?.discrepancies ?? []).map { "\(currency) \($0)" } }
  }
}
