package import BillLedger

/// What whoever runs the endpoint should hear of.
package enum EventsIncident: Sendable {
  /// Events could not be kept; they come again.
  case notKept(count: Int, LedgerError)
  /// They can be kept again.
  case keptAgain
}
