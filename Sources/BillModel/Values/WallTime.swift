/// A moment of the wall clock: milliseconds since 1970-01-01T00:00:00Z.
package struct WallTime: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// This moment moved by a number of milliseconds.
  package func advanced(byMilliseconds delta: Int64) -> Self { Self(milliseconds: milliseconds + delta) }

  /// RFC 3339 in UTC with milliseconds: `2026-01-31T23:59:59.000Z`.
  package var rfc3339: String {
    let (days, rest) = milliseconds.quotientAndFloorRemainder(by: 86_400_000)
    let date = CivilDate(daysSinceEpoch: Int(days))?.description ?? "0000-00-00"
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let fraction = String(rest % 1000)
    let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
    return "\(date)T\(two(rest / 3_600_000)):\(two(rest / 60_000 % 60)):\(two(rest / 1000 % 60)).\(padded)Z"
  }
}

extension Int64 {
  fileprivate func quotientAndFloorRemainder(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
