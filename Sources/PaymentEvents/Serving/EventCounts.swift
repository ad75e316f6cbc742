/// What came to an endpoint.
package struct EventCounts: Hashable, Sendable {
  /// Verified and kept for the first time.
  package var new = 0
  /// Verified, and kept before.
  package var duplicates = 0
  /// Not verified, by reason.
  package var refused: [WebhookRefusal: Int] = [:]
  /// Answered with 429.
  package var throttled = 0
  /// Verified, but they could not be kept: answered with 503, so that they come again.
  package var failed = 0

  /// Those that didn't verify.
  package var refusedTotal: Int { refused.values.reduce(0, +) }
}
