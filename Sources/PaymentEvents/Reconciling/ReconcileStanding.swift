/// How a line of a reconciliation stands. Gravest first: the order of the report.
package enum ReconcileStanding: String, CaseIterable, Sendable {
  /// An event that is signed or imported and can't be read, or contradicts one that came before it.
  case unreadable = "money.unreadable"
  /// Paid towards something that the ledger doesn't know.
  case unknown = "money.unknown"
  /// An event that fits several open bills, or none of several.
  case ambiguous = "money.ambiguous"
  /// The API, or Moment's report, has more than events tell.
  case missingEvent = "money.missing-event"
  /// Events tell more than the API has.
  case notAtAPI = "money.not-at-api"
  /// An event within the report's period that the report doesn't have.
  case notInReport = "money.not-in-report"
  /// A line of the report that says other things than the event of its payment, or comes twice.
  case reportDiffers = "money.report-differs"
  /// A bill that the API has otherwise than the ledger: voided by others, or of another amount.
  case changed = "money.changed"
  /// Paid on a bill that was voided.
  case voided = "money.voided"
  /// More was paid than is due.
  case overpaid = "money.overpaid"
  /// A refund of the report.
  case refund = "money.refund"
  /// A part of what is due was paid.
  case partPaid = "money.part-paid"
  /// All that is due was paid.
  case paid = "money.paid"
  /// Paid towards the balance of an account or a customer.
  case onBalance = "money.on-balance"

  /// Whether somebody has to look at it.
  package var needsAttention: Bool {
    switch self {
    case .unreadable, .unknown, .ambiguous, .missingEvent, .notAtAPI, .notInReport, .reportDiffers, .changed, .voided,
      .overpaid, .refund:
      true
    case .partPaid, .paid, .onBalance: false
    }
  }
}
