/// One request on its way, from its first header to its end; touched by the service's thread only.
final class HTTPExchange {
  /// Where the request stands.
  enum Phase {
    /// The body is still coming in.
    case receiving
    /// The body outgrew the limit; the rest of it is read and thrown away, up to a bound.
    case overflown
    /// Handed to the handler, which asked for a delay; the closure says how it goes on.
    case waiting(@Sendable () -> HTTPReply)
    /// Its answer is being written piece by piece; this is what is left.
    case trickling(Trickle)
    /// Answered or dropped.
    case done
  }

  var phase = Phase.receiving
  var body: [UInt8] = []
  /// Bytes that came beyond the limit.
  var thrownAway = 0
}
