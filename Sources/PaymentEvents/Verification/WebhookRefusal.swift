/// Why a webhook isn't taken. For logs and counts; whoever sent it isn't told.
package enum WebhookRefusal: String, Error, CaseIterable, Sendable {
  /// A header field is missing, doubled, too long, or has signs that don't belong there.
  case malformed
  /// Its timestamp is more than three minutes behind the clock.
  case old
  /// Its timestamp is more than three minutes ahead of the clock.
  case future
  /// No signature fits id, timestamp and body under any secret.
  case signature
}
