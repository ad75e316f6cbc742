/// What becomes of a request at its arrival.
enum Admission {
  /// Answered, or dropped, without being carried out.
  case settled(Delivery)
  /// To be carried out, at once or after the latency.
  case admitted(Ticket)
  /// To arrive later; `held`: its client gets nothing until then, else its connection is closed at once.
  case postponed(Ticket, held: Bool)
}
