import BillModel

/// A date's pattern in plain figures: `DateForm` without names of months.
struct ByteDate: BitwiseCopyable {
  /// A piece of a pattern; digits are one to four.
  enum Piece: BitwiseCopyable {
    case year
    case shortYear
    case month(least: Int8)
    case day(least: Int8)
    case dayOfYear
    case literal(UInt8)
  }

  let pieces: ByteRange
  /// The first year that two digits can stand for.
  let pivot: Int32
  /// The `from` of these mean that there is no date; none of them is one.
  let empty: ByteRange

  /// Digits at the beginning of what is left, as many as there are up to `most`.
  @inline(__always)
  private static func number(_ rest: inout ByteValue, _ least: Int, _ most: Int) -> Int? {
    var number = 0
    var count = 0
    while count < most, count < rest.count {
      let digit = rest[count] &- 48
      if digit > 9 { break }
      number = number * 10 + Int(digit)
      count += 1
    }
    guard count >= least else { return nil }
    rest = rest.dropFirst(count)
    return number
  }

  /// The date as `YYYY-MM-DD`; `nil` where it isn't one as the pattern has it, or there is no room.
  @inline(__always)
  func convert(_ value: ByteValue, _ list: UnsafePointer<Piece>, _ room: inout ByteRoom) -> ByteValue? {
    var rest = value
    var (year, month, day, ordinal) = (0, 0, 0, 0)
    for index in pieces.indices {
      switch list[index] {
      case .year:
        guard let number = Self.number(&rest, 4, 4) else { return nil }
        year = number
      case .shortYear:
        guard let short = Self.number(&rest, 2, 2) else { return nil }
        year = Int(pivot) + (short - Int(pivot) % 100 + 100) % 100
      case .month(let least):
        guard let number = Self.number(&rest, Int(least), 2) else { return nil }
        month = number
      case .day(let least):
        guard let number = Self.number(&rest, Int(least), 2) else { return nil }
        day = number
      case .dayOfYear:
        guard let number = Self.number(&rest, 3, 3), number > 0 else { return nil }
        ordinal = number
      case .literal(let byte):
        guard !rest.isEmpty, rest[0] == byte else { return nil }
        rest = rest.dropFirst(1)
      }
    }
    guard rest.isEmpty, year >= 1, year <= 9999 else { return nil }
    if ordinal > 0 { (month, day) = Self.day(ordinal, of: year) }
    guard month >= 1, month <= 12, day >= 1, day <= 28 || day <= CivilDate.daysInMonth(year: year, month: month)
    else { return nil }
    return Self.write(year, month, day, &room)
  }

  /// Month and day of a day of the year; month 13 where the year has none such.
  private static func day(_ ordinal: Int, of year: Int) -> (Int, Int) {
    var rest = ordinal
    for month in 1...12 {
      let days = CivilDate.daysInMonth(year: year, month: month)
      if rest <= days { return (month, rest) }
      rest -= days
    }
    return (13, rest)
  }

  @inline(__always)
  private static func write(_ year: Int, _ month: Int, _ day: Int, _ room: inout ByteRoom) -> ByteValue? {
    guard let place = room.take(10) else { return nil }
    let (year, month, day) = (
      UInt32(truncatingIfNeeded: year), UInt32(truncatingIfNeeded: month), UInt32(truncatingIfNeeded: day)
    )
    func digit(_ index: Int, _ number: UInt32) { place[index] = UInt8(truncatingIfNeeded: 48 &+ number % 10) }
    digit(0, year / 1000)
    digit(1, year / 100)
    digit(2, year / 10)
    digit(3, year)
    place[4] = UInt8(ascii: "-")
    digit(5, month / 10)
    digit(6, month)
    place[7] = UInt8(ascii: "-")
    digit(8, day / 10)
    digit(9, day)
    return ByteValue(start: UnsafePointer(place), count: 10)
  }
}
