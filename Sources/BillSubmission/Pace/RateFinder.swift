/// Finds out how many requests a second the API takes, where nobody has said: up while all goes well, down on a 429.
///
/// Four ways of going up, each a share of the rate per second, and each with its own step down, since whoever climbs
/// fast overshoots far before the first 429 comes back:
///
/// | phase | when | up | down to |
/// | --- | --- | --- | --- |
/// | searching | no limit met yet | 25 % up to 20 a second, then 50 % | 68 % |
/// | recovering | after a step down, up to 94.5 % of where the limit was met | 3 %, from 85 % on 1.5 % | 92 % |
/// | holding | from there on | 1.2 % spread over its patience, then 0.3 % | 97.5 % |
/// | raising | 5 % above it without a 429: the limit was raised | 3 %, then searching | 92 % |
///
/// The step down is from the rate at which the refused request was *sent*. A 429 of a request that was sent before the
/// last step down says nothing new; one within three seconds after it steps down to 80 % at least. A limit is held
/// patiently, 40 seconds and 40 times the pause that its 429 cost, so that looking for more costs little; after that it
/// may be another. Below 96 % of a proven rate (`ProvenRate`) recovering goes at 20 %. The rate goes up only while it is
/// used, and only on answers to requests that were sent since it last went up: an API that is slow to answer is not
/// outrun.
///
/// Pure: times are passed in, in nanoseconds of a monotonic clock.
package struct RateFinder: Hashable, Sendable {
  fileprivate enum Phase: Hashable { case searching, recovering, holding, raising }

  /// A rate and from when it applied.
  private struct Step: Hashable {
    var at: UInt64
    var rate: Double
  }

  /// What is sent until something better is known, in requests a second.
  package static let beginning = 10.0
  /// Never less than this, in requests a second.
  package static let least = 0.5

  private static let leastPatience = 40.0
  /// The share of a proven rate that is gone back to soon.
  private static let soon = 0.96

  /// The rate now, in requests a second.
  package private(set) var rate = Self.beginning
  private var phase = Phase.searching
  /// The rate at which the limit was last met.
  private var limit = Double.infinity
  private var cutAt: UInt64 = 0
  /// How long after a step down the rate is held almost as it is, in seconds.
  private var patience = Self.leastPatience
  private var sends = 0
  private var proven = ProvenRate()
  /// What the rate was, the latest step last.
  private var steps = [Step(at: 0, rate: Self.beginning)]

  package init() {}

  /// Takes in that a request was let go.
  package mutating func sent() { sends += 1 }

  /// Takes in an answer that is no 429. `ceiling`: a rate that is not exceeded anyway, where one is known.
  package mutating func answered(sentAt: UInt64, at now: UInt64, ceiling: Double = .infinity) {
    let last = steps[steps.count - 1]
    guard sentAt >= last.at, now > last.at else { return }
    let seconds = Double(now - last.at) / 1e9
    guard seconds >= max(0.05, 4 / last.rate) else { return }
    let isUsed = Double(sends) >= 0.75 * min(rate, ceiling) * seconds
    proven.took(isUsed ? min(rate, ceiling) : 0, at: now)
    if isUsed, rate < ceiling { rise(min(seconds, 0.5), at: now, knowing: ceiling < .infinity) }
    note(min(rate, ceiling), at: now)
  }

  /// Takes in a 429 to a request that was sent at a moment.
  package mutating func throttled(sentAt: UInt64, at now: UInt64) {
    guard sentAt >= cutAt else { return }
    let met = min(rate, rate(at: sentAt))
    let isRepeated = cutAt > 0 && sentAt - cutAt < 3_000_000_000
    let share = isRepeated ? min(phase.share, 0.8) : phase.share
    proven.met(met, isRepeated: isRepeated, at: now)
    limit = met
    patience = Self.leastPatience
    phase = share > 0.95 ? .holding : .recovering
    cutAt = now
    note(max(met * share, Self.least), at: now)
  }

  /// Takes in that nothing goes before a moment.
  package mutating func paused(until moment: UInt64) {
    guard cutAt > 0, moment > cutAt else { return }
    patience = max(patience, Self.leastPatience + 40 * Double(moment - cutAt) / 1e9)
  }

  private mutating func rise(_ seconds: Double, at now: UInt64, knowing: Bool) {
    switch phase {
    case .searching: rate += rate * (knowing ? 1 : rate < 20 ? 0.25 : 0.5) * seconds
    case .recovering where rate < proven.value * Self.soon:
      rate = min(rate + rate * 0.2 * seconds, proven.value * Self.soon)
    case .recovering:
      rate += rate * (rate < 0.85 * limit ? 0.03 : 0.015) * seconds
      if rate >= 0.945 * limit { phase = .holding }
    case .holding:
      let isPatient = Double(now - cutAt) / 1e9 < patience
      rate += rate * (isPatient ? 0.012 / patience : 0.003) * seconds
      if rate > 1.05 * limit { phase = .raising }
    case .raising:
      rate += rate * 0.03 * seconds
      if rate > 1.5 * limit { phase = .searching }
    }
  }

  private mutating func note(_ value: Double, at now: UInt64) {
    rate = value
    sends = 0
    if steps.count == 64 { steps.removeFirst(32) }
    steps.append(Step(at: now, rate: value))
  }

  private func rate(at moment: UInt64) -> Double {
    (steps.last { $0.at <= moment } ?? steps[0]).rate
  }
}

extension RateFinder.Phase {
  /// To what share of the rate a 429 steps down.
  fileprivate var share: Double {
    switch self {
    case .searching: 0.68
    case .recovering, .raising: 0.92
    case .holding: 0.975
    }
  }
}
