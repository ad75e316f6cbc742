import BillModel

/// How often something of a row was tried, and so how long it pauses before the next time.
struct Tries: Hashable {
  /// Of requests and questions together; see `RetryPolicy.tries`.
  private var failures = 0
  private var throttles = 0
  private var conflicts = 0

  /// Counts a failure: the pause before the next try in milliseconds, at least `retryAfter`; `nil` where that was the
  /// last one, or that is too long to sit out.
  mutating func failed(_ retryAfter: Int64?, _ context: SubmissionContext) -> Int64? {
    failures += 1
    guard failures < context.policy.tries, context.policy.sitsOut(retryAfter) else { return nil }
    return max(context.policy.pause(before: failures, jitter: context.jitter), retryAfter ?? 0)
  }

  /// Rule 8: a 429 is no failure. The server's own pause counts, else ours.
  mutating func throttled(_ retryAfter: Int64?, _ context: SubmissionContext) -> Int64 {
    throttles += 1
    return retryAfter ?? context.policy.pause(before: throttles, jitter: context.jitter)
  }

  /// Counts a 409 that only its own key can explain: the pause, or `nil` where that was the last one.
  mutating func conflicted(_ context: SubmissionContext) -> Int64? {
    conflicts += 1
    guard conflicts <= context.policy.conflictTries else { return nil }
    return context.policy.pause(before: conflicts, jitter: context.jitter)
  }
}
