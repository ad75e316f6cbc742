import BillSubmission

/// A limiter against a server with a token bucket, in simulated time: whoever wants to send always wants to.
struct LimitedServer {
  /// What one second of it was.
  struct Second {
    var accepted = 0
    var throttled = 0
  }

  private struct Flight {
    let sentAt: UInt64
    let answeredAt: UInt64
    let isThrottled: Bool
  }

  /// Requests a second that the server takes; its bucket holds a tenth of it, and at least ten.
  var limit: Double
  var latencyNs: UInt64
  var inFlight = 1_000
  var retryAfterNs: UInt64?
  private(set) var seconds: [Second] = []
  /// The most sends within any one millisecond after the first 429.
  private(set) var stampede = 0
  private var level: Double
  private var filledAt: UInt64
  private var now: UInt64 = 1_000_000_000_000
  private var flights: [Flight] = []
  private var first = 0

  init(limit: Double, latencyMs: UInt64, inFlight: Int = 1_000, retryAfterMs: UInt64? = nil) {
    self.limit = limit
    latencyNs = latencyMs * 1_000_000
    self.inFlight = inFlight
    retryAfterNs = retryAfterMs.map { $0 * 1_000_000 }
    level = max(10, limit * 0.1)
    filledAt = now
  }

  /// Goes on for so many seconds, in steps of a quarter of a millisecond.
  mutating func run(_ limiter: inout RateLimiter, seconds count: Int) {
    for _ in 0..<count {
      seconds.append(Second())
      for _ in 0..<4_000 {
        deliver(to: &limiter)
        send(by: &limiter)
        now += 250_000
      }
    }
  }

  /// What was taken of what could be, from one second to before another.
  func use(from start: Int, to end: Int) -> Double {
    Double(seconds[start..<end].reduce(0) { $0 + $1.accepted }) / (limit * Double(end - start))
  }

  /// The share of requests that were throttled, from one second to before another.
  func throttled(from start: Int, to end: Int) -> Double {
    let part = seconds[start..<end]
    let throttled = part.reduce(0) { $0 + $1.throttled }
    return Double(throttled) / Double(max(1, throttled + part.reduce(0) { $0 + $1.accepted }))
  }

  private mutating func deliver(to limiter: inout RateLimiter) {
    while first < flights.count, flights[first].answeredAt <= now {
      let flight = flights[first]
      first += 1
      if flight.isThrottled {
        limiter.throttled(sentAt: flight.sentAt, at: now, retryAfterNs: retryAfterNs)
      } else {
        limiter.answered(sentAt: flight.sentAt, at: now)
      }
    }
  }

  private mutating func send(by limiter: inout RateLimiter) {
    var count = 0
    while flights.count - first < inFlight, limiter.turn(at: now) == .go {
      count += 1
      let isThrottled = !take()
      flights.append(Flight(sentAt: now, answeredAt: now + latencyNs, isThrottled: isThrottled))
      if isThrottled { seconds[seconds.count - 1].throttled += 1 } else { seconds[seconds.count - 1].accepted += 1 }
    }
    stampede = max(stampede, count)
  }

  private mutating func take() -> Bool {
    level = min(max(10, limit * 0.1), level + Double(now - filledAt) * limit / 1e9)
    filledAt = now
    guard level >= 1 else { return false }
    level -= 1
    return true
  }
}
