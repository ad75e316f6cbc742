/// An answer as it leaves the sandbox.
struct OutgoingAnswer: Sendable {
  /// How it goes over the wire.
  enum Pace: Equatable, Sendable {
    case whole
    /// The body stops in its middle.
    case cut
    /// It begins when the time of stalls is over.
    case late
    /// Its head, or its body, takes the time of stalls.
    case slowHead, slowBody
  }

  var status: UInt16
  var body: [UInt8]
  var contentType: String
  /// Beside Content-Type and Date.
  var headers: [(name: String, value: String)] = []
  var pace = Pace.whole
}
