/// Turns at the API out of a schedule that several processes share: each is one request, at its moment or shortly after.
///
/// They come in small grants, a tenth of a second's worth, and the next grant is asked for while two are left, so that
/// sending doesn't wait for it. A turn that isn't used in time is lost, and so are those of a process that dies: nobody
/// else waits for more than three grants. Who loses turns asks for fewer.
///
/// Pure: the time is passed in, in nanoseconds of a monotonic clock.
package struct GrantedTurns: Sendable {
  /// For how long after its moment a turn may be used, in nanoseconds.
  package static let lateness = RateLimiter.lateness

  /// When to ask again where nothing was granted yet, in nanoseconds.
  private static let patience: UInt64 = 2_000_000

  /// How many grants are left when the next is asked for.
  private static let ahead = 2

  private let interval: UInt64
  private let most: Int
  private var size: Int
  /// The moments of turns that are left, from `head` on.
  private var moments: [UInt64] = []
  private var head = 0
  private var isAsked = false
  private var isWanted = false
  private var lost = 0

  /// Turns of `rate` a second altogether (more than 0).
  package init(rate: Double) {
    interval = UInt64((1_000_000_000 / max(rate, 0.001)).rounded(.up))
    most = max(1, Int(rate / 10))
    size = most
  }

  private var left: Int { moments.count - head }

  /// The moment of the first turn that is left; `nil` where none is.
  package var next: UInt64? { head < moments.count ? moments[head] : nil }

  /// Whether a request may go now; `use` then takes the turn. To be asked only when there is something to send.
  package mutating func turn(at now: UInt64) -> RateLimiter.Turn {
    while head < moments.count, moments[head] + Self.lateness < now {
      head += 1
      lost += 1
    }
    isWanted = left <= Self.ahead * size
    guard head < moments.count else { return .wait(untilNs: now + Self.patience) }
    return moments[head] <= now ? .go : .wait(untilNs: moments[head])
  }

  /// Takes the turn that `turn` has shown.
  package mutating func use() {
    guard head < moments.count else { return }
    head += 1
    isWanted = left <= Self.ahead * size
  }

  /// How many turns to ask for now, and how far apart, in nanoseconds; `nil` where enough are left, or some are asked for.
  package mutating func ask() -> (count: Int, interval: UInt64)? {
    guard isWanted, !isAsked else { return nil }
    (isAsked, isWanted) = (true, false)
    return (size, interval)
  }

  /// Takes in turns that were granted.
  package mutating func take(first: UInt64, count: Int, interval: UInt64) {
    isAsked = false
    size = lost > count / 2 ? max(1, most / 4, size / 2) : lost == 0 ? min(most, size * 2) : size
    lost = 0
    moments.removeFirst(head)
    head = 0
    for number in 0..<UInt64(max(count, 0)) { moments.append(first + number * interval) }
  }
}
