package import BillModel

/// What a decision needs to know beside the row itself: the time, the policy, and a random number.
package struct SubmissionContext: Hashable, Sendable {
  package var now: WallTime
  /// Whether the wall clock can be relied on: not behind any time in the ledger, and within five minutes of the
  /// server's (rule 4).
  package var clockIsTrusted: Bool
  /// The server's clock now, as far as its answers tell.
  package var serverNow: WallTime?
  package var policy: RetryPolicy
  /// From 0 up to 1.
  package var jitter: Double
  /// Of a row that adds to a sum, with an answer that shows it: what the ledger knows of that.
  package var history = SumHistory()
  /// Of a row that was told 404: some parties that aren't the row's, and were there before.
  package var otherParties: [PartyKey] = []

  package init(
    now: WallTime, clockIsTrusted: Bool = true, serverNow: WallTime? = nil, policy: RetryPolicy = RetryPolicy(),
    jitter: Double = 0.5
  ) {
    self.now = now
    self.clockIsTrusted = clockIsTrusted
    self.serverNow = serverNow
    self.policy = policy
    self.jitter = jitter
  }
}
