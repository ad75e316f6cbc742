/// The highest rate that the API has lately taken for three seconds on end, in requests a second: what a `RateFinder`
/// goes back to soon after a 429 that only a stall has caused. Requests that pile up behind a stall of 100 ms arrive in
/// a heap, and overflow a bucket whose rate they keep.
///
/// A limit met below it lowers it. A second 429 soon after a step down doubts it, a third one ends it: then the limit
/// itself has fallen.
struct ProvenRate: Hashable, Sendable {
  private static let span: UInt64 = 3_000_000_000

  /// 0 where nothing is proven.
  private(set) var value = 0.0
  private var beganAt: UInt64 = 0
  private var least = Double.infinity
  private var isDoubted = false

  /// Takes in at which rate requests went, and were taken; 0 where fewer went than might have.
  mutating func took(_ rate: Double, at now: UInt64) {
    least = min(least, rate)
    guard now >= beganAt + Self.span else { return }
    value = max(value, least)
    (beganAt, least) = (now, .infinity)
  }

  /// Takes in a 429 to a request that went at a rate. `isRepeated`: soon after the last one.
  mutating func met(_ rate: Double, isRepeated: Bool, at now: UInt64) {
    value = isRepeated && isDoubted ? 0 : min(value, 1.04 * rate)
    isDoubted = isRepeated
    (beganAt, least) = (now, .infinity)
  }
}
