/// How a sandbox behaves.
package struct SandboxOptions: Sendable {
  /// The key that requests must carry as a bearer.
  package var key = "sk_test_sandbox"
  /// Requests a second, above which it answers 429; nil: no limit.
  package var rate: Double?
  /// Milliseconds by which every answer is late; the request takes effect at their end.
  package var latency: Double = 0
  /// Milliseconds by which stalled answers and late requests are late, and that slow answers take.
  package var stall: Double = 60_000
  package var faults = FaultRates()
  package var readings = Readings()
  /// Of the ids and the faults.
  package var seed: UInt64 = 1
  /// The log keeps the bodies of requests too, for audits.
  package var logsBodies = false
  /// Answers every creation with 201 and keeps nothing: for measuring clients.
  package var echo = false
  /// Where events are delivered; nil: nowhere.
  package var webhook: WebhookSettings?

  package init() {}
}
