import Testing

@testable import BillSubmission

@Suite struct RateLimiterTests {
  private static let ms: UInt64 = 1_000_000
  private static let start: UInt64 = 1_000_000_000_000

  /// How many may go at a moment, asked until one has to wait; and when that one may go.
  private func take(_ limiter: inout RateLimiter, at now: UInt64, wanting most: Int = .max) -> (Int, UInt64) {
    for count in 0..<most {
      if case .wait(let moment) = limiter.turn(at: now) { return (count, moment) }
    }
    return (most, 0)
  }

  @Test func `sends are one interval apart on an absolute schedule`() {
    var limiter = RateLimiter(rate: 50)
    for index in 0..<100 as Range<UInt64> {
      let now = Self.start + index * 20 * Self.ms
      #expect(take(&limiter, at: now) == (1, now + 20 * Self.ms))
    }
  }

  @Test func `our own lateness is caught up, so that the rate holds`() {
    var limiter = RateLimiter(rate: 1_000)
    var sent = 0
    var now = Self.start
    while now < Self.start + 1_000 * Self.ms {
      let (count, next) = take(&limiter, at: now)
      sent += count
      now = next + 7 * Self.ms
    }
    #expect((992...1_001).contains(sent))
  }

  @Test func `lateness beyond 20 ms is lost, and no stampede`() {
    var limiter = RateLimiter(rate: 1_000)
    let (_, next) = take(&limiter, at: Self.start)
    #expect(take(&limiter, at: next + 500 * Self.ms).0 == 21)
  }

  @Test(arguments: [1, 5]) func `after idling, a burst may go at once and no more`(burst: Int) {
    var limiter = RateLimiter(rate: 1_000, burst: burst)
    #expect(take(&limiter, at: Self.start, wanting: 1).0 == 1)
    #expect(take(&limiter, at: Self.start + 5_000 * Self.ms).0 == burst)
  }

  @Test func `a burst longer than the lateness goes at once too`() {
    var limiter = RateLimiter(rate: 50, burst: 10)
    #expect(take(&limiter, at: Self.start).0 == 10)
  }

  @Test func `nothing goes before a pause ends, and then one at a time`() {
    var limiter = RateLimiter(rate: 1_000, burst: 1)
    _ = take(&limiter, at: Self.start)
    limiter.throttled(sentAt: Self.start, at: Self.start, retryAfterNs: 2_000 * Self.ms)
    #expect(take(&limiter, at: Self.start + 1_999 * Self.ms) == (0, Self.start + 2_000 * Self.ms))
    #expect(take(&limiter, at: Self.start + 2_000 * Self.ms).0 == 1)
  }

  @Test func `a 429 without Retry-After pauses longer each time, until an answer comes`() {
    var limiter = RateLimiter(rate: 1_000)
    var now = Self.start
    for expected in [100, 200, 400] as [UInt64] {
      limiter.throttled(sentAt: Self.start, at: now, retryAfterNs: nil)
      limiter.throttled(sentAt: Self.start, at: now + Self.ms, retryAfterNs: nil)  // of the same moment: counts once
      let moment = now + (expected + 1) * Self.ms
      #expect(take(&limiter, at: now + 2 * Self.ms) == (0, moment))
      now = moment
    }
    limiter.answered(sentAt: Self.start, at: now)
    limiter.throttled(sentAt: Self.start, at: now, retryAfterNs: nil)
    #expect(take(&limiter, at: now) == (0, now + 100 * Self.ms))
  }

  @Test func `a shorter pause doesn't end a longer one`() {
    var limiter = RateLimiter(rate: 1_000)
    limiter.pause(untilNs: Self.start + 1_000 * Self.ms)
    limiter.pause(untilNs: Self.start + 10 * Self.ms)
    #expect(take(&limiter, at: Self.start) == (0, Self.start + 1_000 * Self.ms))
  }
}
