import BillModel

/// How often and how soon something is tried again, and how long a key can be relied on.
///
/// The n-th pause is between half and the whole of `base × 2^(n-1)`, at most `longest`; where in between is the
/// caller's randomness, so that rows which failed together don't come back together. With the defaults:
///
/// | try | pause |
/// | --- | --- |
/// | 1 | 0.1 to 0.2 s |
/// | 2 | 0.2 to 0.4 s |
/// | 5 | 1.6 to 3.2 s |
/// | 9 | 15 to 30 s |
package struct RetryPolicy: Hashable, Sendable {
  /// Milliseconds.
  package var base: Int64
  /// Milliseconds.
  package var longest: Int64
  /// Failures of one row in one run, of POSTs and GETs together, after which it is given up as unknown. A 429 is none.
  package var tries: Int
  /// How often a row asks again where a 409 can only mean that its own key is under way.
  package var conflictTries: Int
  /// How long after its first send the same key still means the same request, in milliseconds: an hour less than what
  /// the API promises (rule 4).
  package var window: Int64
  /// How long after it was sent a request may still be carried out, in milliseconds: the hour that the window leaves,
  /// and as much again for a clock that went wrong and was not contradicted.
  package var landing: Int64
  /// The longest pause that is sat out where the API asks for one, in milliseconds.
  package var longestRetryAfter: Int64

  package init(
    base: Int64 = 200, longest: Int64 = 30_000, tries: Int = 9, conflictTries: Int = 6, window: Int64 = 23 * 3_600_000,
    landing: Int64 = 2 * 3_600_000, longestRetryAfter: Int64 = LongestPause.milliseconds
  ) {
    self.base = base
    self.longest = longest
    self.tries = tries
    self.conflictTries = conflictTries
    self.window = window
    self.landing = landing
    self.longestRetryAfter = longestRetryAfter
  }

  /// Whether the pause that the API asks for, in milliseconds, is sat out; one behind a failure that is longer ends the tries.
  package func sitsOut(_ retryAfter: Int64?) -> Bool { retryAfter ?? 0 <= longestRetryAfter }

  /// The pause before try number `count` (from 1), in milliseconds; `jitter` is from 0 up to 1.
  package func pause(before count: Int, jitter: Double) -> Int64 {
    let whole = base << Int64(min(max(count - 1, 0), 20))
    let capped = min(whole, longest)
    return capped / 2 + Int64(Double(capped - capped / 2) * jitter)
  }
}
