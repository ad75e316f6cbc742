/// How an answer leaves, after faults have had their way with it.
enum Delivery: Sendable {
  /// Not at all: the connection is closed.
  case drop
  case answer(OutgoingAnswer)
}
