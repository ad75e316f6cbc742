package import BillLedger
package import Transport

/// The way to the API: one client with its pace, for all files of a process. For one thread at a time.
///
/// A submission that stops before its file is finished shuts the client down: the connection is of no more use then.
package final class SubmitConnection {
  package let wire: SubmitWire
  package let pacer: Pacer
  /// What was stated; `nil` where the rate is to be found.
  package let rate: Double?
  package let burst: Int
  /// Whether the wire takes requests from any thread.
  let takesFromAnyThread: Bool
  /// Whether anything can be sent.
  package private(set) var sends = true
  private var lastID: UInt64 = 0

  /// Starts a client that sends at most `rate` requests a second (more than 0; `nil`: as many as the API turns out to
  /// take), `burst` of which may go at once after idling. Throws what `HTTPClient` throws.
  package init(_ options: HTTPClientOptions, rate: Double?, burst: Int = 1) throws(HTTPClientError) {
    pacer = Pacer(rate: rate, burst: burst)
    (self.rate, self.burst) = (rate, burst)
    takesFromAnyThread = true
    wire = SubmitWire(try HTTPClient(options, gate: pacer.gate))
  }

  /// A connection over another wire, which keeps its own pace.
  package init(_ wire: SubmitWire) {
    self.wire = wire
    pacer = Pacer(rate: 1_000_000, burst: 1)
    (rate, burst) = (nil, 1)
    takesFromAnyThread = false
  }

  /// A connection over which nothing can be sent, for what only reads the ledger.
  package static var none: SubmitConnection {
    let none = SubmitConnection(SubmitWire(submit: { _ in }, completions: { _ in [] }, shutdown: { _ in }, wake: {}))
    none.sends = false
    return none
  }

  /// From here on sends within what this process has of the work and of the limit, where others use the ledger too. A
  /// rate that isn't stated is each one's own to find.
  package func share(_ ledger: Ledger) {
    guard let sharing = ledger.sharing else { return }
    pacer.share(sharing, rate: rate)
  }

  /// Ends a wait of the submission; for a signal handler.
  package func wake() { wire.wake() }

  /// How many requests the client has let go; where that isn't known, all that it was given.
  var admitted: Int { takesFromAnyThread ? pacer.admitted : Int(lastID) }

  package func nextID() -> UInt64 {
    lastID += 1
    return lastID
  }
}
