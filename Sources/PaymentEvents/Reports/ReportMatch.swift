/// What a reported payment was matched with.
package enum ReportMatch: Hashable, Sendable {
  /// An event, by its place in the list of events.
  case event(Int)
  /// No event, but a bill that the ledger knows, by its place in the world.
  case bill(Int)
  /// No event, but an account or customer that the ledger knows, by its id.
  case party(String)
  /// Nothing that we know.
  case unknown
}
