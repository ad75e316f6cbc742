/// The look that a change rests on, and how long it may be gone by (rule 16).
///
/// An API that takes a request a minute, or many processes that share a low limit, leave no change in time: each would be
/// looked for again, and again too late. So what was too late twice may go by a look for twice as long as it took then, which
/// is bounded. The time that a machine sleeps makes it too late, and doesn't count as what it took.
struct LookAge {
  /// By when the look's answer had come, in nanoseconds of the clock that goes on while the machine sleeps; 0 before.
  private var answeredBy: UInt64 = 0
  /// The same on the clock that doesn't.
  private var since: UInt64 = 0
  /// How often what rested on a look was too late for it, and how long it took last, in nanoseconds.
  private var misses = 0
  private var took: UInt64 = 0

  private static let patience = 2

  /// Takes in a look whose answer came so.
  mutating func looked(_ arrival: Arrival, now: Moment) {
    answeredBy = arrival.answeredBy
    since = now.monotonic - min(now.monotonic, UInt64(arrival.age) * 1_000_000)
  }

  /// What rests on it was too late.
  mutating func missed(at now: Moment) {
    guard answeredBy > 0 else { return }
    misses += 1
    took = now.monotonic > since ? now.monotonic - since : 0
  }

  /// Until when what rests on it may leave, in nanoseconds of the clock that goes on while the machine sleeps: within so many
  /// seconds, and where that was too little, within what it took, at most so many.
  func ends(within seconds: Double, most: Double, now: Moment) -> UInt64 {
    let needed = misses < Self.patience ? 0 : min(2 * Double(took) / 1e9, most)
    return (answeredBy > 0 ? answeredBy : now.boot) &+ UInt64(max(seconds, needed) * 1e9)
  }
}
