import Testing

@testable import BillSubmission

/// The limiter without a stated rate, against a model of a server with a limit that it isn't told.
@Suite struct RateFinderTests {
  @Test(
    arguments: [
      (300.0, 5), (300, 200), (300, 400), (100, 50), (1_000, 20), (60, 5), (30, 100), (2_000, 80),
    ] as [(Double, UInt64)])
  func `an unknown limit is found: 95 % of it after 20 s, under 0.5 % throttled`(limit: Double, latency: UInt64) {
    var limiter = RateLimiter(rate: nil)
    var server = LimitedServer(limit: limit, latencyMs: latency, inFlight: 4_000)
    server.run(&limiter, seconds: 80)
    #expect(server.use(from: 20, to: 80) >= 0.95)
    #expect(server.throttled(from: 0, to: 80) < 0.005)
  }

  @Test(arguments: [5, 50, 200] as [UInt64])
  func `with a Retry-After of a second at each 429, too`(latency: UInt64) {
    var limiter = RateLimiter(rate: nil)
    var server = LimitedServer(limit: 300, latencyMs: latency, retryAfterMs: 1_000)
    server.run(&limiter, seconds: 140)
    #expect(server.use(from: 20, to: 140) >= 0.95)
    // In each half minute, too, of which a pause is three in a hundred.
    for start in stride(from: 20, to: 106, by: 2) { #expect(server.use(from: start, to: start + 34) >= 0.95) }
    #expect(server.throttled(from: 0, to: 140) < 0.005)
  }

  @Test func `it begins at 50 a second`() {
    var limiter = RateLimiter(rate: nil)
    #expect(limiter.rate == 50)
    var server = LimitedServer(limit: 1_000, latencyMs: 5)
    server.run(&limiter, seconds: 1)
    #expect((50...75).contains(server.seconds[0].accepted))
  }

  @Test func `a limit that falls or rises is followed`() {
    var limiter = RateLimiter(rate: nil)
    var server = LimitedServer(limit: 300, latencyMs: 20)
    server.run(&limiter, seconds: 30)
    server.limit = 100
    server.run(&limiter, seconds: 30)
    #expect(server.use(from: 40, to: 60) >= 0.9)
    server.limit = 600
    server.run(&limiter, seconds: 150)
    #expect(server.use(from: 190, to: 210) >= 0.9)
  }

  @Test func `nothing goes in a heap after a pause`() {
    var limiter = RateLimiter(rate: nil)
    var server = LimitedServer(limit: 300, latencyMs: 200)
    server.run(&limiter, seconds: 60)
    #expect(server.stampede <= 1)
  }

  @Test func `a rate that is not used doesn't rise`() {
    var limiter = RateLimiter(rate: nil)
    var server = LimitedServer(limit: 10_000, latencyMs: 1_000, inFlight: 20)
    server.run(&limiter, seconds: 60)
    #expect(limiter.rate <= 60)
  }

  @Test func `an API that is slow to answer is not outrun`() {
    var limiter = RateLimiter(rate: nil)
    var server = LimitedServer(limit: 300, latencyMs: 10_000, inFlight: 100_000)
    server.run(&limiter, seconds: 10)
    #expect(limiter.rate == 50)
  }

  @Test func `a stated rate is lowered by nothing`() {
    var limiter = RateLimiter(rate: 500)
    for index in 0..<100 as Range<UInt64> {
      limiter.throttled(sentAt: index, at: index + 1, retryAfterNs: nil)
    }
    #expect(limiter.rate == 500)
  }

  @Test func `what the server says is a ceiling to a stated rate, and reached soon without one`() {
    var stated = RateLimiter(rate: 500)
    stated.cap(at: 300)
    #expect(stated.rate == 300)
    var finding = RateLimiter(rate: nil)
    finding.cap(at: 300)
    var server = LimitedServer(limit: 300, latencyMs: 20)
    server.run(&finding, seconds: 30)
    #expect(server.use(from: 5, to: 30) >= 0.99)
    #expect(server.throttled(from: 0, to: 30) == 0)
  }
}
