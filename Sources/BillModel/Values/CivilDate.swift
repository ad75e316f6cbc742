/// A date of the calendar, without time and zone. Years 1 to 9999, proleptic Gregorian (ISO 8601).
package struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// `year × 10 000 + month × 100 + day`, which orders like the dates.
  package let packed: Int32

  /// The date, or `nil` where the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.daysInMonth(year: year, month: month)
    else { return nil }
    packed = Int32(year * 10_000 + month * 100 + day)
  }

  package var year: Int { Int(packed) / 10_000 }
  package var month: Int { Int(packed) / 100 % 100 }
  package var day: Int { Int(packed) % 100 }

  /// `YYYY-MM-DD`.
  package var description: String {
    let digits = String(packed)
    let padded = String(repeating: "0", count: 8 - digits.count) + digits
    return "\(padded.prefix(4))-\(padded.dropFirst(4).prefix(2))-\(padded.suffix(2))"
  }

  package static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }

  /// Days in a month from 1 to 12.
  package static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
