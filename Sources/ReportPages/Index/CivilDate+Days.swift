import BillModel

/// Days as numbers, to walk a calendar by (era arithmetic of the Gregorian calendar).
extension CivilDate {
  /// Days since 1970-01-01.
  var dayNumber: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Days since the last Monday, from 0.
  var daysSinceMonday: Int { (dayNumber % 7 + 7 + 3) % 7 }

  /// The date so many days later.
  func advanced(byDays days: Int) -> CivilDate {
    var date = self
    for _ in 0..<abs(days) { date = days > 0 ? date.next : date.previous }
    return date
  }

  private var next: CivilDate {
    CivilDate(year: year, month: month, day: day + 1) ?? CivilDate(year: year, month: month + 1, day: 1)
      ?? CivilDate(year: year + 1, month: 1, day: 1) ?? self
  }

  private var previous: CivilDate {
    if day > 1 { return CivilDate(year: year, month: month, day: day - 1) ?? self }
    let (year, month) = month > 1 ? (year, month - 1) : (year - 1, 12)
    return CivilDate(year: year, month: month, day: Self.daysInMonth(year: year, month: month)) ?? self
  }
}

extension WallTime {
  /// A moment from what `rfc3339` gives, with or without a fraction; `nil` for anything else.
  init?(rfc3339 text: String) {
    let digits = text.utf8.map { Int($0) - 48 }
    guard digits.count >= 20, text.hasSuffix("Z") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for digit in digits[range] {
        guard (0...9).contains(digit) else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 61
    else { return nil }
    let milliseconds = digits.count >= 24 ? number(20..<23) ?? 0 : 0
    let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
    self.init(milliseconds: Int64(seconds * 1000 + milliseconds))
  }
}

extension CivilDate {
  /// A date written `2026-02-01`; `nil` for anything else.
  init?(dashed text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    self.init(year: parts[0], month: parts[1], day: parts[2])
  }
}
