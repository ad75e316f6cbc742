/// An event on its way to the endpoint.
struct WebhookMessage: Sendable {
  /// `msg_…`: the same at every attempt.
  let id: String
  let body: [UInt8]
  /// Attempts that were begun.
  var attempts = 0
  /// How often it was answered with 2xx.
  var acknowledgements = 0
}
