/// Requests of a file run, over all its restarts.
package struct RequestCounts: Hashable, Sendable {
  /// POSTs handed to the wire, repeats included.
  package var sent: Int
  /// Those of them that repeated one before.
  package var retried: Int
  /// Answers 429.
  package var throttled: Int
  /// Answers that the API gave from its store of idempotency keys.
  package var replayed: Int

  package init(sent: Int = 0, retried: Int = 0, throttled: Int = 0, replayed: Int = 0) {
    self.sent = sent
    self.retried = retried
    self.throttled = throttled
    self.replayed = replayed
  }
}
