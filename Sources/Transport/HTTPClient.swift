/// An HTTP client on libcurl: one thread of its own drives all transfers, requests go in and completions come out in
/// batches. (Face; its thread follows.)
package final class HTTPClient: Sendable {
  /// Starts the client's thread. Throws where an option is out of its range or libcurl can't start.
  package init(_ options: HTTPClientOptions, gate: SendGate? = nil) throws(HTTPClientError) {
    guard (1...4096).contains(options.inFlight) else { throw .inFlightOutOfRange(options.inFlight) }
  }

  /// Queues requests; they start in this order, as slots become free and the gate admits them.
  package func submit(_ requests: [HTTPRequest]) {}

  /// The completions that there are. Where there are none, blocks until there are, or `wake()` is called, or a signal
  /// comes, or the time is over; then the answer may be empty. For one thread at a time.
  package func completions(waitingUpTo limit: Duration) -> [Completion] { [] }

  /// Ends a wait in `completions`, or the next one. May be called from a signal handler.
  package func wake() {}

  /// Starts nothing more: what is queued completes as not sent (cancelled), also what is submitted later. What is in
  /// flight goes on until its answer or time-out; with `cancelling` it ends at once, as cancelled. May be called
  /// twice. All completions still come.
  package func shutdown(cancelling: Bool) {}
}
