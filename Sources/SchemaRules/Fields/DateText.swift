/// Dates as text: `YYYY-MM-DD` (RFC 3339 full-date), years 0001 to 9999, proleptic Gregorian.
package enum DateText {
  /// The date as `year × 10 000 + month × 100 + day`, or `nil` where the text is no date of the calendar.
  @inline(__always)
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard let date = numbers(text), isInCalendar(date) else { return nil }
    return date.year * 10_000 + date.month * 100 + date.day
  }

  /// Tells a wrong form from an impossible day.
  @inline(__always)
  static func fault(in text: UnsafeBufferPointer<UInt8>) -> FieldFault? {
    guard let date = numbers(text) else { return .dateFormat }
    return isInCalendar(date) ? nil : .dateImpossible
  }

  @inline(__always)
  private static func numbers(_ text: UnsafeBufferPointer<UInt8>) -> (year: Int32, month: Int32, day: Int32)? {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
    var areDigits = true
    func digit(_ index: Int) -> Int32 {
      let value = text[index] &- UInt8(ascii: "0")
      areDigits = areDigits && value < 10
      return Int32(value)
    }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    let day = digit(8) * 10 + digit(9)
    return areDigits ? (year, month, day) : nil
  }

  @inline(__always)
  private static func isInCalendar(_ date: (year: Int32, month: Int32, day: Int32)) -> Bool {
    guard date.year >= 1, date.month >= 1, date.month <= 12, date.day >= 1 else { return false }
    if date.day <= 28 { return true }
    if date.month == 2 {
      return date.day == 29 && date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0)
    }
    // April, June, September and November have 30 days.
    return date.day <= 30 || date.day == 31 && (0b1010_1101_0101 >> (date.month - 1)) & 1 == 1
  }
}
