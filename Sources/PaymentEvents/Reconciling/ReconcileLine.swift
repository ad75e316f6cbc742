package import BillModel

/// A line of a reconciliation: a bill, a balance, or an amount that has no place yet.
package struct ReconcileLine: Hashable, Sendable {
  /// What it is about.
  package enum Subject: String, Sendable {
    case bill, account, customer, event, report
  }

  package var standing: ReconcileStanding
  package var subject: Subject
  /// The merchant's reference; empty where it isn't known.
  package var reference = ""
  /// The API's id, or the event's; empty where there is none.
  package var id = ""
  package var row: RaisingRow?
  package var currency: CurrencyCode?
  /// Minor units, as all amounts; `nil` where it isn't known.
  package var due: Int64?
  /// By events.
  package var byEvents: Int64 = 0
  /// By Moment's report.
  package var byReport: Int64?
  /// What the API says was paid.
  package var byAPI: Int64?
  /// How many events it rests on, and the first of them.
  package var events = 0
  package var firstEvent = ""
  /// Why, in words; without names of persons.
  package var note = ""

  package init(_ standing: ReconcileStanding, _ subject: Subject) {
    self.standing = standing
    self.subject = subject
  }
}
