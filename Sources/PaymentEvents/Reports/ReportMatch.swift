/// What a reported payment was matched with.
package enum ReportMatch: Hashable, Sendable {
  /// An event, by its place in the list of events; or all of one payment, whose sum it is.
  case events([Int])
  /// No event, but a bill that the ledger knows, by its place in the world.
  case bill(Int)
  /// No event, but an account or customer that the ledger knows, by its id.
  case party(String)
  /// The report says other things of it than the event of the same payment does, or says it twice: why. The event, where
  /// there is one that no other line stands for.
  case differs([Int], why: String)
  /// Nothing that we know; why.
  case unknown(why: String)

  /// The events that it stands for.
  package var events: [Int] {
    switch self {
    case .events(let events), .differs(let events, _): events
    case .bill, .party, .unknown: []
    }
  }
}
