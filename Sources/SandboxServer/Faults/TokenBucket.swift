/// The sandbox's limit: a bucket of capacity max(10, rate × 0.1 s) that fills at the rate and starts full.
struct TokenBucket: Sendable {
  /// Tokens a second.
  let rate: Double
  /// Most tokens at once.
  let capacity: Double
  private var level: Double
  private var filledAt: UInt64

  /// - Parameter now: nanoseconds of a monotonic clock, as in every other call.
  init(rate: Double, now: UInt64) {
    self.rate = rate
    capacity = max(10, rate * 0.1)
    level = capacity
    filledAt = now
  }

  /// Takes a token; false where none is left.
  mutating func take(now: UInt64) -> Bool {
    if now > filledAt {
      level = min(capacity, level + Double(now - filledAt) * rate / 1e9)
      filledAt = now
    }
    if level < 1 { return false }
    level -= 1
    return true
  }

  /// Whole tokens left after the last call.
  var remaining: Int { Int(level) }

  /// Seconds, rounded up, until the next token; 0 where one is there.
  var secondsToNext: Int { level >= 1 ? 0 : Int(((1 - level) / rate).rounded(.up)) }
}
