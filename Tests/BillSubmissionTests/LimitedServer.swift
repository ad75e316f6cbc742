import BillSubmission
import SeededRandoms

/// A limiter against a server with a token bucket, in simulated time: whoever wants to send always wants to.
///
/// Latencies vary, and client and server may stall, by a seed.
struct LimitedServer {
  /// What one second of it was, by the server's clock.
  struct Second {
    var accepted = 0
    var throttled = 0
  }

  /// How often client and server each stall, and for how long on average.
  struct Stalls {
    var everyNs: UInt64
    var lengthNs: UInt64
  }

  private struct Flight {
    let sentAt: UInt64
    var isThrottled = false
  }

  /// Requests a second that the server takes; its bucket holds a tenth of it, and at least ten.
  var limit: Double
  var latencyNs: UInt64
  var inFlight: Int
  var retryAfterNs: UInt64?
  private(set) var seconds: [Second] = []
  /// The most sends within any one millisecond.
  private(set) var stampede = 0

  private let stalls: Stalls?
  private var random: SeededRandom
  private var level: Double
  private var filledAt: UInt64 = Self.start
  private var now: UInt64 = Self.start
  private var flying = 0
  private var arrivals = MomentHeap<Flight>()
  private var answers = MomentHeap<Flight>()
  private var clientStall: UInt64 = .max
  private var serverStall: UInt64 = .max
  private var serverIsBack: UInt64 = 0
  private var millisecond: (number: UInt64, sends: Int) = (0, 0)

  private static let start: UInt64 = 1_000_000_000_000

  init(
    limit: Double, latencyMs: UInt64, inFlight: Int = 1_000, retryAfterMs: UInt64? = nil, stalls: Stalls? = nil,
    seed: UInt64 = 1
  ) {
    self.limit = limit
    latencyNs = latencyMs * 1_000_000
    self.inFlight = inFlight
    retryAfterNs = retryAfterMs.map { $0 * 1_000_000 }
    self.stalls = stalls
    random = SeededRandom(seed: seed)
    level = max(10, limit * 0.1)
    if stalls != nil { (clientStall, serverStall) = (nextStall(after: now), nextStall(after: now)) }
  }

  /// Goes on for so many seconds, from event to event.
  mutating func run(_ limiter: inout RateLimiter, seconds count: Int) {
    let end = Self.start + UInt64(seconds.count + count) * 1_000_000_000
    while now < end {
      serve()
      deliver(to: &limiter)
      let wake = send(by: &limiter)
      now = max(now + 1, min(wake, arrivals.next, answers.next, end))
      stallClient()
    }
    while seconds.count < Int((end - Self.start) / 1_000_000_000) { seconds.append(Second()) }
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
    while let flight = answers.pop(by: now) {
      flying -= 1
      if flight.isThrottled {
        limiter.throttled(sentAt: flight.sentAt, at: now, retryAfterNs: retryAfterNs)
      } else {
        limiter.answered(sentAt: flight.sentAt, at: now)
      }
    }
  }

  /// Sends what may go; when to ask again.
  private mutating func send(by limiter: inout RateLimiter) -> UInt64 {
    while flying < inFlight {
      if case .wait(let moment) = limiter.turn(at: now) {
        // A timer is late by some hundredths of a millisecond.
        return max(moment, now) + UInt64.random(in: 20_000...150_000, using: &random)
      }
      flying += 1
      countSend()
      arrivals.push(Flight(sentAt: now), at: now + halfWay())
    }
    return .max
  }

  private mutating func countSend() {
    let number = now / 1_000_000
    millisecond = (number, number == millisecond.number ? millisecond.sends + 1 : 1)
    stampede = max(stampede, millisecond.sends)
  }

  /// Half the latency, and up to four tenths of it more.
  private mutating func halfWay() -> UInt64 { UInt64(Double(latencyNs) * Double.random(in: 0.5...0.7, using: &random)) }

  private mutating func serve() {
    while arrivals.next <= now {
      let arrived = arrivals.next
      guard var flight = arrivals.pop(by: now) else { return }
      if arrived >= serverStall {
        serverIsBack = serverStall + stallLength()
        serverStall = nextStall(after: serverIsBack)
      }
      let moment = max(arrived, serverIsBack)
      flight.isThrottled = !take(at: moment)
      count(flight.isThrottled, at: moment)
      answers.push(flight, at: moment + halfWay())
    }
  }

  private mutating func count(_ isThrottled: Bool, at moment: UInt64) {
    let index = Int((moment - Self.start) / 1_000_000_000)
    while seconds.count <= index { seconds.append(Second()) }
    if isThrottled { seconds[index].throttled += 1 } else { seconds[index].accepted += 1 }
  }

  private mutating func take(at moment: UInt64) -> Bool {
    level = min(max(10, limit * 0.1), level + Double(moment - min(filledAt, moment)) * limit / 1e9)
    filledAt = max(filledAt, moment)
    guard level >= 1 else { return false }
    level -= 1
    return true
  }

  private mutating func stallClient() {
    guard now >= clientStall else { return }
    now += stallLength()
    clientStall = nextStall(after: now)
  }

  private mutating func nextStall(after moment: UInt64) -> UInt64 {
    guard let stalls else { return .max }
    return moment + UInt64.random(in: 0...2 * stalls.everyNs, using: &random)
  }

  private mutating func stallLength() -> UInt64 {
    guard let stalls else { return 0 }
    return UInt64.random(in: 0...2 * stalls.lengthNs, using: &random)
  }
}
