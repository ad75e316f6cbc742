import FoundationEssentials
import Testing

@testable import BillSubmission

/// The limiter without a stated rate, against a model of a server with a limit that it isn't told.
@Suite struct RateFinderTests {
  /// One, or as many as `RATE_SEEDS` says: simulated time is long in a debug build.
  private static let seeds: ClosedRange<UInt64> =
    1...(ProcessInfo.processInfo.environment["RATE_SEEDS"].flatMap { UInt64($0) } ?? 1)

  /// Limits and latencies; with `RATE_SEEDS` also high ones, which take long.
  private static let worlds: [(Double, UInt64)] =
    [(10, 5), (10, 200), (30, 50), (100, 5), (100, 200), (300, 5), (300, 50), (300, 200)]
    + (seeds.count > 1 ? [(20, 200), (60, 5), (1_000, 5), (1_000, 200), (2_000, 50), (5_000, 5), (5_000, 200)] : [])

  /// The shares are of 60 seconds after the twentieth, or of 3,000 requests at least.
  @Test(arguments: worlds)
  func `an unknown limit is found: 95 % of it after 20 s, under 0.5 % throttled`(limit: Double, latency: UInt64) {
    let end = max(80, Int(3_000 / limit))
    for seed in Self.seeds {
      var limiter = RateLimiter(rate: nil)
      var server = LimitedServer(limit: limit, latencyMs: latency, inFlight: 4_000, seed: seed)
      server.run(&limiter, seconds: end)
      #expect(server.use(from: 20, to: end) >= 0.95, "seed \(seed)")
      #expect(server.throttled(from: 0, to: end) < 0.005, "seed \(seed)")
    }
  }

  @Test(arguments: worlds.filter { $0.0 >= 100 })
  func `also on a busy machine, where client and server are late now and then`(limit: Double, latency: UInt64) {
    let stalls = LimitedServer.Stalls(everyNs: 500_000_000, lengthNs: 8_000_000)
    for seed in Self.seeds {
      var limiter = RateLimiter(rate: nil)
      var server = LimitedServer(limit: limit, latencyMs: latency, inFlight: 4_000, stalls: stalls, seed: seed)
      server.run(&limiter, seconds: 80)
      #expect(server.use(from: 20, to: 80) >= 0.95, "seed \(seed)")
      #expect(server.throttled(from: 0, to: 80) < 0.005, "seed \(seed)")
    }
  }

  /// Behind a stall of the server requests pile up, and overflow its bucket though the rate was right.
  @Test(arguments: [5, 50, 200] as [UInt64])
  func `also where both stand still for 100 ms now and then`(latency: UInt64) {
    let stalls = LimitedServer.Stalls(everyNs: 20_000_000_000, lengthNs: 100_000_000)
    for seed in 1...max(3, Self.seeds.upperBound) {
      var limiter = RateLimiter(rate: nil)
      var server = LimitedServer(limit: 300, latencyMs: latency, inFlight: 4_000, stalls: stalls, seed: seed)
      server.run(&limiter, seconds: 80)
      #expect(server.use(from: 20, to: 80) >= 0.93, "seed \(seed)")
      #expect(server.throttled(from: 0, to: 80) < 0.0075, "seed \(seed)")
    }
  }

  @Test(arguments: worlds.filter { $0.0 >= 60 })
  func `with a Retry-After of a second at each 429, too`(limit: Double, latency: UInt64) {
    for seed in Self.seeds {
      var limiter = RateLimiter(rate: nil)
      var server = LimitedServer(
        limit: limit, latencyMs: latency, inFlight: 4_000, retryAfterMs: 1_000, seed: seed)
      server.run(&limiter, seconds: 140)
      #expect(server.use(from: 20, to: 140) >= 0.95, "seed \(seed)")
      #expect(server.throttled(from: 0, to: 140) < 0.005, "seed \(seed)")
    }
  }

  @Test func `it begins at 10 a second, and is at 300 after 8 seconds`() {
    var limiter = RateLimiter(rate: nil)
    #expect(limiter.rate == 10)
    var server = LimitedServer(limit: 1_000, latencyMs: 5)
    server.run(&limiter, seconds: 9)
    #expect((10...14).contains(server.seconds[0].accepted))
    #expect(server.seconds[8].accepted >= 300)
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
    #expect(limiter.rate <= 30)
  }

  @Test func `an API that is slow to answer is not outrun`() {
    var limiter = RateLimiter(rate: nil)
    var server = LimitedServer(limit: 300, latencyMs: 10_000, inFlight: 100_000)
    server.run(&limiter, seconds: 10)
    #expect(limiter.rate == 10)
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
