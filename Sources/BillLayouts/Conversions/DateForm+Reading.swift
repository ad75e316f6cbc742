import BillModel

extension DateForm {
  /// A date of the calendar.
  ///
  /// - Parameter text: Not empty.
  func date(_ text: [UInt8]) -> Result<(year: Int, month: Int, day: Int), ConversionFault> {
    var reading = Reading(rest: text[...])
    for piece in pieces {
      guard read(piece, &reading) else { return .failure(unreadable(text)) }
    }
    guard reading.rest.isEmpty else { return .failure(unreadable(text)) }
    if let ordinal = reading.ordinal {
      guard let date = Self.day(ordinal, of: reading.year) else { return .failure(ConversionFault(.dateImpossible)) }
      return .success(date)
    }
    guard CivilDate(year: reading.year, month: reading.month, day: reading.day) != nil else {
      return .failure(ConversionFault(.dateImpossible))
    }
    return .success((reading.year, reading.month, reading.day))
  }

  /// Whether a text means that there is no date.
  func isEmpty(_ text: [UInt8]) -> Bool { empty.contains(text) }

  private struct Reading {
    var rest: ArraySlice<UInt8>
    var year = 0
    var month = 0
    var day = 0
    var ordinal: Int?

    /// Takes a number of so many digits, as many as there are.
    mutating func number(_ digits: ClosedRange<Int>) -> Int? {
      let found = rest.prefix(digits.upperBound).prefix { $0 >= 48 && $0 <= 57 }
      guard digits.contains(found.count) else { return nil }
      rest = rest.dropFirst(found.count)
      return found.reduce(0) { $0 * 10 + Int($1) - 48 }
    }
  }

  private func read(_ piece: Piece, _ reading: inout Reading) -> Bool {
    switch piece {
    case .year: return take(reading.number(4...4), as: \.year, &reading)
    case .shortYear:
      guard let short = reading.number(2...2), let pivot else { return false }
      reading.year = pivot + (short - pivot % 100 + 100) % 100
      return true
    case .month(let isPadded): return take(reading.number((isPadded ? 2 : 1)...2), as: \.month, &reading)
    case .day(let isPadded): return take(reading.number((isPadded ? 2 : 1)...2), as: \.day, &reading)
    case .dayOfYear:
      reading.ordinal = reading.number(3...3)
      return reading.ordinal != nil
    case .monthName:
      let name = reading.rest.prefix(3).map { $0 & 0xDF }
      guard let index = Self.monthNames.firstIndex(of: name) else { return false }
      reading.month = index + 1
      reading.rest = reading.rest.dropFirst(3)
      return true
    case .literal(let text):
      guard reading.rest.starts(with: text) else { return false }
      reading.rest = reading.rest.dropFirst(text.count)
      return true
    }
  }

  private func take(_ number: Int?, as part: WritableKeyPath<Reading, Int>, _ reading: inout Reading) -> Bool {
    guard let number else { return false }
    reading[keyPath: part] = number
    return true
  }

  /// Five digits where no date of five digits is stated are a spreadsheet's days since 1900.
  private func unreadable(_ text: [UInt8]) -> ConversionFault {
    let isSerial = text.count == 5 && text.allSatisfy { $0 >= 48 && $0 <= 57 } && (50...55).contains(text[0])
    return ConversionFault(isSerial ? .dateSerial : .dateForm)
  }

  private static let monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    .map { Array($0.utf8) }

  private static func day(_ ordinal: Int, of year: Int) -> (year: Int, month: Int, day: Int)? {
    guard year >= 1, ordinal >= 1 else { return nil }
    var rest = ordinal
    for month in 1...12 {
      let days = CivilDate.daysInMonth(year: year, month: month)
      if rest <= days { return (year, month, rest) }
      rest -= days
    }
    return nil
  }
}
