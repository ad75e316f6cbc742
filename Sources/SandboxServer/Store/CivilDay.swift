/// A day of the proleptic Gregorian calendar in 4 bytes, ordered.
struct CivilDay: Comparable, Sendable {
  /// year × 10,000 + month × 100 + day
  let packed: UInt32

  /// `YYYY-MM-DD`, a day that exists; nil otherwise.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45,
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]), let day = Self.number(bytes[8..<10]),
      (1...12).contains(month), day >= 1, day <= Self.length(month: month, year: year)
    else { return nil }
    packed = year * 10_000 + month * 100 + day
  }

  /// The day, in UTC, of a time in milliseconds since 1970.
  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  init(milliseconds: Int64) {
    let days = Self.floorDivide(milliseconds, 86_400_000) + 719_468
    let era = Self.floorDivide(days, 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    packed = UInt32(year * 10_000 + month * 100 + dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  var year: UInt32 { packed / 10_000 }
  var month: UInt32 { packed / 100 % 100 }
  var day: UInt32 { packed % 100 }

  var text: String { "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))" }

  static func < (left: CivilDay, right: CivilDay) -> Bool { left.packed < right.packed }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return nil }
      value = value * 10 + UInt32(digit - 48)
    }
    return value
  }

  private static func length(month: UInt32, year: UInt32) -> UInt32 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }
}

/// A number with zeros before it.
func padded(_ number: some BinaryInteger, to width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
