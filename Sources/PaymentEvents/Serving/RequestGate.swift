import BillModel

/// A bucket of requests that fills with time: bounds how many are looked at.
struct RequestGate {
  private let rate: Double
  private var level: Double
  private var time: WallTime?

  /// - Parameter rate: requests a second, and how many may come at once.
  init(rate: Double) {
    self.rate = rate
    level = max(rate, 1)
  }

  /// Whether another request may be looked at now. A clock that goes back fills nothing.
  mutating func admits(at now: WallTime) -> Bool {
    let passed = Double(max(0, now.milliseconds - (time ?? now).milliseconds))
    time = now
    level = min(max(rate, 1), level + passed * rate / 1000)
    guard level >= 1 else { return false }
    level -= 1
    return true
  }
}
