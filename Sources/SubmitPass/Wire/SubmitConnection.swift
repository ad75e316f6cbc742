package import BillLedger
package import Transport

/// The way to the API: one client with its pace, for all files of a process. For one thread at a time.
///
/// A submission that stops before its file is finished, or fails, shuts the client down. What is submitted then comes back
/// unsent, until `renew` has made another client.
package final class SubmitConnection {
  package private(set) var wire: SubmitWire
  package private(set) var pacer: Pacer
  /// What was stated; `nil` where the rate is to be found.
  package let rate: Double?
  package let burst: Int
  /// Whether the wire takes requests from any thread.
  let takesFromAnyThread: Bool
  /// Whether anything can be sent.
  package private(set) var sends = true
  /// Whether nothing more goes out.
  package private(set) var isShutDown = false
  /// By which its clients are made; `nil` where it has a wire that was made elsewhere.
  private let client: HTTPClientOptions?
  /// With whom the limit is shared.
  private var sharing: LedgerSharing?
  private var lastID: UInt64 = 0

  /// Starts a client that sends at most `rate` requests a second (more than 0; `nil`: as many as the API turns out to
  /// take), `burst` of which may go at once after idling. Throws what `HTTPClient` throws.
  package init(_ options: HTTPClientOptions, rate: Double?, burst: Int = 1) throws(HTTPClientError) {
    pacer = Pacer(rate: rate, burst: burst)
    (self.rate, self.burst) = (rate, burst)
    takesFromAnyThread = true
    client = options
    wire = SubmitWire(try HTTPClient(options, gate: pacer.gate))
  }

  /// A connection over another wire, which keeps its own pace.
  package init(_ wire: SubmitWire) {
    self.wire = wire
    pacer = Pacer(rate: 1_000_000, burst: 1)
    (rate, burst) = (nil, 1)
    takesFromAnyThread = false
    client = nil
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
    self.sharing = sharing
    pacer.share(sharing, rate: rate)
  }

  /// Starts nothing more; with `cancelling`, what is in flight ends at once too.
  package func shutdown(cancelling: Bool) {
    isShutDown = true
    wire.shutdown(cancelling)
  }

  /// Makes another client where the last one was shut down: between two files, when nobody waits for anything of it. Throws
  /// what `HTTPClient` throws.
  package func renew() throws(HTTPClientError) {
    guard isShutDown, let client else { return }
    let pacer = Pacer(rate: rate, burst: burst)
    wire = SubmitWire(try HTTPClient(client, gate: pacer.gate))
    self.pacer = pacer
    if let sharing { pacer.share(sharing, rate: rate) }
    isShutDown = false
  }

  /// How many requests the client has let go; where that isn't known, all that it was given.
  var admitted: Int { takesFromAnyThread ? pacer.admitted : Int(lastID) }

  package func nextID() -> UInt64 {
    lastID += 1
    return lastID
  }
}
