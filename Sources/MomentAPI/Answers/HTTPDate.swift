import BillModel

/// A date of a header field (RFC 9110, 5.6.7): IMF-fixdate, and the obsolete forms of RFC 850 and of `asctime`.
struct HTTPDate {
  let time: WallTime

  /// `nil` where the text is none of the three. The name of the week's day isn't checked against the date. A year of
  /// two digits is the one that lies at most 50 years after `receivedAt`.
  init?(_ text: String, receivedAt: WallTime) {
    var copy = text
    guard let time = copy.withUTF8({ Self.fixed($0) }) ?? Self.inWords(text, receivedAt) else { return nil }
    self.time = time
  }

  /// `Thu, 26 Nov 2026 16:33:19 GMT`, as every server of today writes it; `nil` for anything else.
  private static func fixed(_ text: UnsafeBufferPointer<UInt8>) -> WallTime? {
    guard text.count == 29, text[3] == 0x2C, text[4] == 0x20, text[25] == 0x20, letters(text, at: 26) == gmt,
      text[7] == 0x20, text[11] == 0x20, text[16] == 0x20, text[19] == 0x3A, text[22] == 0x3A,
      weekdayLetters.contains(letters(text, at: 0)),
      let month = monthLetters.firstIndex(of: letters(text, at: 8)),
      let day = DecimalDigits.value(of: text[5..<7]), let year = DecimalDigits.value(of: text[12..<16]),
      let hour = DecimalDigits.value(of: text[17..<19]), let minute = DecimalDigits.value(of: text[20..<22]),
      let second = DecimalDigits.value(of: text[23..<25]), hour < 24, minute < 60, second <= 60,
      CivilDate(year: year, month: month + 1, day: day) != nil
    else { return nil }
    return moment(year, month + 1, day, hour * 3600 + minute * 60 + min(second, 59))
  }

  private static func inWords(_ text: String, _ receivedAt: WallTime) -> WallTime? {
    var words = text.split(whereSeparator: { " \t,".contains($0) })
    if words.count == 4 { words.replaceSubrange(1...1, with: words[1].split(separator: "-")) }
    guard let weekday = words.first, isWeekday(weekday) else { return nil }
    let (dayWord, monthWord, clock, yearWord): (Substring, Substring, Substring, Substring)
    switch (words.count, text.contains(",")) {
    case (6, true) where words[5] == "GMT":
      (dayWord, monthWord, yearWord, clock) = (words[1], words[2], words[3], words[4])
    case (5, false):
      (monthWord, dayWord, clock, yearWord) = (words[1], words[2], words[3], words[4])
    default: return nil
    }
    guard let month = months.firstIndex(of: String(monthWord)).map({ $0 + 1 }),
      let day = DecimalDigits.value(of: dayWord.utf8), dayWord.utf8.count <= 2,
      let year = Self.year(yearWord, receivedAt: receivedAt), let second = secondOfDay(clock),
      CivilDate(year: year, month: month, day: day) != nil
    else { return nil }
    return moment(year, month, day, second)
  }

  private static func moment(_ year: Int, _ month: Int, _ day: Int, _ second: Int) -> WallTime {
    WallTime(milliseconds: Int64(daysSinceEpoch(year: year, month: month, day: day) * 86_400 + second) * 1000)
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  private static let gmt = letters(of: "GMT")
  private static let monthLetters = months.map { letters(of: $0) }
  private static let weekdayLetters = weekdays.map { letters(of: $0) }

  /// Three bytes as one number.
  private static func letters(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt32 {
    UInt32(text[place]) << 16 | UInt32(text[place + 1]) << 8 | UInt32(text[place + 2])
  }

  /// The same of the first three letters of a word.
  private static func letters(of word: String) -> UInt32 { word.utf8.prefix(3).reduce(0) { $0 << 8 | UInt32($1) } }

  private static func isWeekday(_ word: Substring) -> Bool {
    weekdays.contains { $0 == word || (word.count == 3 && $0.hasPrefix(word)) }
  }

  private static func year(_ word: Substring, receivedAt: WallTime) -> Int? {
    guard let value = DecimalDigits.value(of: word.utf8) else { return nil }
    switch word.utf8.count {
    case 4: return value
    case 2:
      let current = 1970 + Int(receivedAt.milliseconds / 31_556_952_000)
      let candidate = current - current % 100 + value
      return candidate > current + 50 ? candidate - 100 : candidate
    default: return nil
    }
  }

  /// `hh:mm:ss` as seconds; a leap second counts as the one before.
  private static func secondOfDay(_ clock: Substring) -> Int? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }),
      let hour = DecimalDigits.value(of: parts[0].utf8), let minute = DecimalDigits.value(of: parts[1].utf8),
      let second = DecimalDigits.value(of: parts[2].utf8), hour < 24, minute < 60, second <= 60
    else { return nil }
    return hour * 3600 + minute * 60 + min(second, 59)
  }

  /// Days from 1970-01-01, counted in years that begin in March (era arithmetic of the Gregorian calendar).
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }
}
