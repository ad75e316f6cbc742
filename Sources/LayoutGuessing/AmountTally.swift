/// How the values of a column are written as amounts, and what that proves of the decimal mark.
struct AmountTally {
  enum Sign: String { case leading, trailing, parentheses, cr }

  /// Marks that stand between groups, and never before decimals: blanks, also those that don't break, and apostrophes.
  private static let marks: [Character] = [" ", "'", "\u{2019}", "\u{A0}", "\u{202F}"]

  private(set) var count = 0
  /// Values without any mark.
  private(set) var whole = 0
  /// Values that prove the decimal mark.
  private(set) var point = 0
  private(set) var comma = 0
  /// Values like 1,234 or 1.234, which may be one or the other.
  private(set) var unclear = 0
  /// Marks that stood between groups.
  private(set) var groups: Set<Character> = []
  private(set) var signs: Set<Sign> = []
  /// The most decimals of a value whose decimal mark is proven.
  private(set) var decimals = 0

  mutating func add(_ value: String) {
    guard let (number, sign) = Self.unsigned(value), Self.isNumber(number) else { return }
    count += 1
    if let sign { signs.insert(sign) }
    var body = number
    for mark in Self.marks where body.contains(mark) {
      groups.insert(mark)
      body.removeAll { $0 == mark }
    }
    judge(body, isGrouped: body != number)
  }

  /// Judges digits with points and commas.
  ///
  /// - Parameter isGrouped: Whether another mark stood between them.
  private mutating func judge(_ body: String, isGrouped: Bool) {
    guard let last = body.lastIndex(where: { $0 == "," || $0 == "." }) else {
      whole += isGrouped ? 0 : 1
      return
    }
    let mark = body[last]
    let before = body[..<last]
    let behind = body[body.index(after: last)...].count
    if before.contains(mark) {
      groups.insert(mark)
    } else if let other = before.first(where: { $0 == "," || $0 == "." }) {
      groups.insert(other)
      note(decimal: mark, behind)
    } else if behind != 3 || before.count > 3 || before.hasPrefix("0") || before.isEmpty {
      note(decimal: mark, behind)
    } else {
      unclear += 1
    }
  }

  private mutating func note(decimal mark: Character, _ digits: Int) {
    if mark == "," { comma += 1 } else { point += 1 }
    decimals = max(decimals, digits)
  }

  /// Whether any value has a mark that may stand before decimals.
  var hasDecimals: Bool { point + comma + unclear > 0 }

  /// Whether any value has a mark, between groups or before decimals.
  var hasMarks: Bool { hasDecimals || !groups.isEmpty }

  /// The decimal mark, where no value contradicts it; `nil` where nothing proves one.
  var decimal: Character? {
    if comma > 0, point == 0 { return "," }
    if point > 0, comma == 0 { return "." }
    if comma == 0, point == 0, groups == ["."] { return "," }
    if comma == 0, point == 0, groups == [","] { return "." }
    return nil
  }

  private static func unsigned(_ value: String) -> (String, Sign?)? {
    var body = value
    if body.hasPrefix("("), body.hasSuffix(")") { return (String(body.dropFirst().dropLast()), .parentheses) }
    let upper = body.uppercased()
    if upper.hasSuffix("CR") || upper.hasSuffix("DR") {
      let text = body.dropLast(2)
      return (String(text.last == " " ? text.dropLast() : text), .cr)
    }
    if body.hasSuffix("-") { return (String(body.dropLast()), .trailing) }
    if body.hasPrefix("-") {
      body.removeFirst()
      return (body, .leading)
    }
    return (body, nil)
  }

  /// Digits, with marks inside of them.
  private static func isNumber(_ body: String) -> Bool {
    guard body.utf8.count <= 40, body.count <= 24, let first = body.utf8.first, let last = body.utf8.last else {
      return false
    }
    guard isDigit(last), isDigit(first) || first == UInt8(ascii: ",") || first == UInt8(ascii: ".") else {
      return false
    }
    if body.utf8.allSatisfy({ isDigit($0) || " ',.".utf8.contains($0) }) { return true }
    return body.allSatisfy { ($0.isASCII && $0.isNumber) || $0 == "," || $0 == "." || marks.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}
