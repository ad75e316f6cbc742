/// When what has stopped is tried again: after a minute, and after twice as long each time, up to half an hour. Pure;
/// times are nanoseconds of a clock that never jumps.
package struct RetryTimes {
  /// How many seconds pass after so many tries, from 1, until the next.
  package static func pause(after tries: Int) -> Double { Double(min(60 << (min(tries, 6) - 1), 1800)) }

  private var tries: [String: (count: Int, next: UInt64)] = [:]

  func isDue(_ name: String, at now: UInt64) -> Bool { tries[name].map { now >= $0.next } ?? true }

  mutating func note(_ name: String, isOpen: Bool, at now: UInt64) {
    guard isOpen else {
      tries[name] = nil
      return
    }
    let count = min((tries[name]?.count ?? 0) + 1, 6)
    tries[name] = (count, now + UInt64(Self.pause(after: count)) * 1_000_000_000)
  }
}
