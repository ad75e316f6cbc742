/// Where events go, how they are signed, and how badly they are delivered.
package struct WebhookSettings: Sendable {
  package var address: WebhookAddress
  /// The bytes behind `whsec_`.
  package var secret: [UInt8] = []
  /// The share of acknowledged events that are delivered once more, 0 to 1.
  package var duplicates: Double = 0
  /// Milliseconds by which an attempt may be late, at random: events overtake each other.
  package var jitter: Double = 0
  /// Milliseconds before the first repetition of what wasn't acknowledged; twice as long before each further one, a
  /// minute at most.
  package var retry: Double = 1000
  /// How many connections deliver at once.
  package var senders = 8

  package init(address: WebhookAddress) { self.address = address }
}
