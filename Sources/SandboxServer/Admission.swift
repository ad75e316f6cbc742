/// What becomes of a request at its arrival.
enum Admission {
  /// Answered, or dropped, without being carried out.
  case settled(Delivery)
  /// To be carried out, at once or after the latency.
  case admitted(Ticket)
}
