/// Says when the next request may start: at most `rate` a second, on an absolute schedule.
///
/// Each send has its moment on the schedule, `1/rate` after the one before. Three ways of coming after one's moment are
/// told apart:
///
/// - *Our own lateness*: the limiter said "not before t", and was asked again at t + δ, because a timer or a thread was
///   late. Up to 20 ms of that are caught up: the schedule doesn't move, so that the rate holds on the whole.
/// - *Idling*: nobody wanted to send when the moment came. The schedule moves on to now, but for `burst` sends that may
///   go at once.
/// - *A pause* that the server asked for: the schedule begins again at its end, one send at a time.
///
/// A stated rate is a ceiling: a 429 pauses and lowers nothing for good. Where none is stated, a `RateFinder` finds it.
/// What the server itself says of its limit is a ceiling to both.
///
/// Pure: the time is passed in, in nanoseconds of a monotonic clock.
package struct RateLimiter: Sendable {
  /// Whether the next request may start.
  package enum Turn: Hashable, Sendable {
    case go
    /// Not before this moment, in nanoseconds.
    case wait(untilNs: UInt64)
  }

  /// What of our own lateness is caught up, in nanoseconds.
  package static let lateness: UInt64 = 20_000_000

  /// How long it may take to start all that is owed, in nanoseconds.
  private static let grace: UInt64 = 2_000_000

  private let stated: Double?
  private let burst: UInt64
  private var finder = RateFinder()
  private var ceiling = Double.infinity
  private var interval: UInt64 = 0
  /// The moment of the next send on the schedule. Not 0, which somebody would be taken to have wanted.
  private var next: UInt64 = 1
  /// Up to here somebody was known to want to send, so that a moment missed before it is lateness and not idling.
  private var wantedUntil: UInt64 = 0
  private var isAwaited = false
  private var pausedUntil: UInt64 = 0
  private var throttles = 0

  /// A limiter of `rate` sends a second (more than 0; `nil`: to be found), `burst` of which may go at once after idling
  /// (from 1).
  package init(rate: Double?, burst: Int = 1) {
    stated = rate
    self.burst = UInt64(max(burst, 1))
    adjust()
  }

  /// Sends a second, as the schedule has it now.
  package var rate: Double { min(stated ?? finder.rate, ceiling) }

  /// Asks for a turn; `go` uses it up. To be asked only when there is something to send.
  package mutating func turn(at now: UInt64) -> Turn {
    guard now >= next else {
      (wantedUntil, isAwaited) = (next, true)
      return .wait(untilNs: next)
    }
    if isAwaited { (wantedUntil, isAwaited) = (now, false) }
    let isIdling = next > wantedUntil || now > wantedUntil + Self.grace
    if isIdling { wantedUntil = now }
    let afterIdling = (burst - 1) * interval
    finder.sent()
    next = max(next, Self.back(from: now, by: isIdling ? afterIdling : max(Self.lateness, afterIdling))) + interval
    return .go
  }

  /// Sends nothing before a moment, as the server asked. An earlier moment than one that is set changes nothing.
  package mutating func pause(untilNs moment: UInt64) {
    pausedUntil = max(pausedUntil, moment)
    finder.paused(until: moment)
    next = max(next, moment)
  }

  /// Takes in a 429 to a request sent at a moment: a pause of what the server asks for, in nanoseconds, else of 100 ms,
  /// twice as long for each further 429 after a pause, up to 30 s.
  package mutating func throttled(sentAt: UInt64, at now: UInt64, retryAfterNs: UInt64?) {
    if now >= pausedUntil { throttles += 1 }
    let ours = min(100_000_000 << UInt64(min(max(throttles - 1, 0), 10)), 30_000_000_000 as UInt64)
    finder.throttled(sentAt: sentAt, at: now)
    adjust()
    pause(untilNs: now + (retryAfterNs ?? ours))
  }

  /// Takes in an answer that is no 429, to a request sent at a moment: the pauses begin small again.
  package mutating func answered(sentAt: UInt64, at now: UInt64) {
    throttles = 0
    guard stated == nil else { return }
    finder.answered(sentAt: sentAt, at: now, ceiling: ceiling)
    adjust()
  }

  /// Takes in what the server says of its limit, in sends a second (more than 0); it holds until it says otherwise.
  package mutating func cap(at rate: Double) {
    ceiling = max(rate, 0.001)
    adjust()
  }

  private mutating func adjust() {
    interval = UInt64(max(1, (1_000_000_000 / max(rate, 0.001)).rounded()))
  }

  private static func back(from now: UInt64, by span: UInt64) -> UInt64 { now > span ? now - span : 0 }
}
