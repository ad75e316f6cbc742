/// What an event was to the store when it came.
package enum EventStanding: Sendable {
  case new
  /// It was there already.
  case duplicate
}
