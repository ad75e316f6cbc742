import BillModel
import Tabular

/// A column of a file of fixed width, and what all its values say.
struct FixedWidthColumn {
  let cut: ColumnCut
  let profile: ColumnProfile
  /// What it is as dates of digits alone.
  let dates: DigitDate.Reading?
  /// Whether the century stands before the date as one digit: 1250731.
  let hasCenturyDigit: Bool
  /// Its values as whole numbers, row by row; `nil` of other values.
  let numbers: [Int?]
  /// How many values have a blank inside, a letter, a digit.
  private(set) var (spaced, lettered, digital) = (0, 0, 0)
  /// Whether its values are identity numbers.
  let isIdentity: Bool
  /// How many values begin as telephone numbers that are dialled.
  private(set) var dialled = 0
  /// How many values have blanks before them, and behind them.
  private(set) var (indented, trailed) = (0, 0)
  /// The days of its values, as numbers that order like the dates; `nil` where one isn't known.
  let days: [Int?]
  private(set) var longest = 0

  var range: Range<Int> { cut.range }

  init(_ cut: ColumnCut, _ places: Places) {
    self.cut = cut
    var profile = ColumnProfile(mostRemembered: places.count)
    var numbers: [Int?] = []
    var identities = 0
    for row in 0..<places.count {
      let value = Self.value(cut, places, row)
      profile.add(value)
      numbers.append(value.utf8.count <= 18 ? Int(value) : nil)
      guard !value.isEmpty else { continue }
      indented += SignKind(places.rows[row][cut.range.lowerBound]) == .blank ? 1 : 0
      trailed += SignKind(places.rows[row][cut.range.upperBound - 1]) == .blank ? 1 : 0
      let kinds = value.unicodeScalars.map { SignKind($0.value) }
      spaced += kinds.contains(.blank) ? 1 : 0
      dialled += value.hasPrefix("+") || value.hasPrefix("0") || value.hasPrefix("(") ? 1 : 0
      lettered += kinds.contains(.letter) ? 1 : 0
      digital += kinds.contains(.digit) ? 1 : 0
      longest = max(longest, kinds.count)
      if Masking.isIdentityNumber(Array(value.utf8)) { identities += 1 }
    }
    self.profile = profile
    self.numbers = numbers
    isIdentity = profile.isMost(identities)
    let filled = numbers.compactMap { $0 }
    let reading = cut.kind == .digitDate || cut.kind == .packed ? Self.reading(filled, cut) : nil
    dates = reading?.dates
    let century = reading?.hasCentury == true ? 1_000_000 : 0
    hasCenturyDigit = century > 0
    days =
      if let dates = reading?.dates {
        numbers.map { $0.flatMap { dates.form.day($0 - century) } }
      } else if cut.kind == .date, let form = profile.dates.form {
        (0..<places.count).map { Self.day(Self.value(cut, places, $0), form) }
      } else { [] }
  }

  /// A date with marks as a number; `nil` of one with a month's name.
  private static func day(_ value: String, _ form: DateTally.Form) -> Int? {
    let parts = value.split(separator: form.shape.mark).compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    switch (form.shape.kind, form.order) {
    case (.yearFirst, _): return parts[0] * 10_000 + parts[1] * 100 + parts[2]
    case (_, .monthFirst): return year(parts[2]) * 10_000 + parts[0] * 100 + parts[1]
    default: return year(parts[2]) * 10_000 + parts[1] * 100 + parts[0]
    }
  }

  private static func year(_ number: Int) -> Int { number < 100 ? 2000 + number : number }

  private static func reading(_ numbers: [Int], _ cut: ColumnCut) -> (dates: DigitDate.Reading, hasCentury: Bool)? {
    guard cut.kind == .packed else {
      return DigitDate.reading(numbers, digits: cut.range.count).map { ($0, false) }
    }
    // A packed number has lost its leading zeros.
    let least = cut.range.count * 2 - 2
    for digits in [8, 7, 6] where digits == least + 1 || digits == least {
      if let dates = DigitDate.reading(numbers, digits: digits), dates.bits >= 20 { return (dates, false) }
    }
    let short = numbers.map { $0 - 1_000_000 }
    guard least == 6, numbers.allSatisfy({ (1_000_000..<2_000_000).contains($0) }),
      let dates = DigitDate.reading(short, digits: 6), dates.form == .yyMMdd, dates.bits >= 20
    else { return nil }
    return (dates, true)
  }

  /// A value as a layout reads it: without what fills it up, and numbers in digits.
  static func value(_ cut: ColumnCut, _ places: Places, _ row: Int) -> String {
    switch cut.kind {
    case .packed:
      let bytes = Array(places.bytes[row][cut.range])
      let number = bytes.withUnsafeBufferPointer { try? PackedDecimal.decode($0) }
      return number.map(String.init) ?? ""
    case .zoned:
      let bytes = places.rows[row][cut.range].map { $0 < 0x80 ? UInt8($0) : 0 }
      let number = bytes.withUnsafeBufferPointer { try? ZonedDecimal(.ascii).decode($0) }
      return number.map(String.init) ?? ""
    default:
      var text = places.text(row, cut.range)[...]
      while text.last == " " { text.removeLast() }
      while text.first == " " { text.removeFirst() }
      return String(text)
    }
  }

  // MARK: What it can be

  var isDate: Bool {
    if let dates { return dates.isOfBills }
    return cut.kind == .date && days.allSatisfy { ($0 ?? 2000_0000) >= 2000_0000 }
  }

  /// Whether each value is one more than the one before it.
  var isSequence: Bool {
    guard numbers.count > 2, cut.kind != .zoned, cut.kind != .decimal else { return false }
    let steps = zip(numbers.prefix(1000), numbers.prefix(1000).dropFirst()).map { pair -> Bool in
      guard let first = pair.0, let second = pair.1 else { return false }
      return second == first &+ 1
    }
    return steps.count { $0 } * 20 >= steps.count * 19
  }

  /// Whether it counts the records of its file.
  var isRecordNumber: Bool {
    isSequence && range.count <= 8 && (0...2).contains(numbers.first.flatMap { $0 } ?? -1)
  }

  /// Whether its values are codes: no blanks inside, and digits.
  var isCode: Bool {
    !isDate && dates == nil && !isIdentity && cut.kind != .currency && cut.kind != .decimal && cut.kind != .date
      && profile.filled > 0 && spaced * 20 <= profile.filled && profile.isMost(digital)
      && !profile.isMost(profile.emails) && profile.amounts.point + profile.amounts.comma == 0
  }

  var isName: Bool { cut.kind == nil && profile.isMost(lettered) && !isConstant && longest > 3 }

  var isConstant: Bool { profile.filled > 1 && profile.repeats == profile.filled - 1 }

  /// How likely it is the amount, as a rank: less is more likely; `nil` where it is none.
  var amountRank: Int? {
    let amounts = profile.amounts
    guard profile.isMost(amounts.count), !isDate, dates == nil, !isSequence, !isIdentity,
      !isConstant || profile.filled < 3
    else { return nil }
    if amounts.point + amounts.comma > 0 { return 0 }
    switch cut.kind {
    case .zoned: return 1
    case .packed: return 2
    case .number: return 3
    case .digits:
      // Digits that are filled up with zeros, and more than a counter's.
      let greatest = numbers.compactMap { $0 }.max() ?? 0
      return cut.range.count >= 7 && String(greatest).count + 2 <= cut.range.count ? 4 : nil
    default: return nil
    }
  }

  /// How many of its whole numbers don't end in 00.
  var oddCents: Int { numbers.count { $0.map { $0 % 100 != 0 } ?? false } }
}
