/// An answer as it leaves the sandbox.
struct OutgoingAnswer: Sendable {
  var status: UInt16
  var body: [UInt8]
  var contentType: String
  /// Beside Content-Type and Date.
  var headers: [(name: String, value: String)] = []
  /// The body stops in its middle.
  var isCut = false
  /// Nanoseconds until it leaves.
  var delay: UInt64 = 0
}
