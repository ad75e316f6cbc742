extension JSONParser {
  /// Skips white space, and comments where they are allowed.
  mutating func skipSpace() throws(JSONParseError) {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case UInt8(ascii: "/"): try skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() throws(JSONParseError) {
    guard options.allowsComments else { throw fault(.comment) }
    let rest = bytes[(index + 1)...]
    if rest.first == UInt8(ascii: "/") {
      index = rest.firstIndex(of: 0x0A) ?? bytes.count
    } else if rest.first == UInt8(ascii: "*") {
      var end = index + 2
      while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "*") || bytes[end + 1] != UInt8(ascii: "/") { end += 1 }
      guard end + 1 < bytes.count else { throw fault(.endsEarly) }
      index = end + 2
    } else {
      throw fault(.expected("a value or a comment"))
    }
  }

  mutating func parseNumber() throws(JSONParseError) -> JSONValue {
    let start = index
    let isNegative = take(UInt8(ascii: "-"))
    let whole = takeDigits()
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else {
      throw fault(.malformedNumber, at: start)
    }
    let hasPoint = take(UInt8(ascii: "."))
    let fraction = hasPoint ? takeDigits() : []
    if hasPoint, fraction.isEmpty { throw fault(.malformedNumber, at: start) }
    let exponent = try parseExponent(start)
    let digits = whole + fraction
    let decimal = JSONDecimal(isNegative: isNegative, digits: digits, pointAfter: whole.count + exponent)
    // As it is written again, its exponent may be another one.
    guard abs(decimal.exponent) < Self.exponentLimit else { throw fault(.numberOutOfRange, at: start) }
    return decimal.integer.map { .integer($0) } ?? .decimal(decimal)
  }

  private static var exponentLimit: Int { 1_000_000 }

  private mutating func parseExponent(_ start: Int) throws(JSONParseError) -> Int {
    guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return 0 }
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    let digits = takeDigits()
    if digits.isEmpty { throw fault(.malformedNumber, at: start) }
    guard let size = Int(String(decoding: digits, as: UTF8.self)), size < Self.exponentLimit else {
      throw fault(.numberOutOfRange, at: start)
    }
    return isNegative ? -size : size
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func takeDigits() -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
    return bytes[start..<index]
  }

  /// The string that begins with the quote at `index`.
  mutating func parseString() throws(JSONParseError) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    var runStart = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] < 0x20 { throw fault(.controlCharacter(bytes[index])) }
      if bytes[index] == UInt8(ascii: "\\") {
        text += bytes[runStart..<index]
        text += try parseEscape().utf8
        runStart = index
      } else {
        index += 1
      }
    }
    guard index < bytes.count else { throw fault(.endsEarly) }
    text += bytes[runStart..<index]
    index += 1
    guard let string = String(validating: text, as: UTF8.self) else { throw fault(.invalidUTF8, at: start) }
    return string
  }

  private mutating func parseEscape() throws(JSONParseError) -> String {
    let start = index
    guard index + 1 < bytes.count else { throw fault(.endsEarly) }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(letter))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try parseUnicodeEscape(start)
    default: throw fault(.malformedEscape, at: start)
    }
  }

  private mutating func parseUnicodeEscape(_ start: Int) throws(JSONParseError) -> String {
    let first = try parseHexUnit(start)
    if let scalar = Unicode.Scalar(first) { return String(scalar) }
    guard first < 0xDC00, bytes[index...].starts(with: "\\u".utf8) else { throw fault(.malformedEscape, at: start) }
    index += 2
    let second = try parseHexUnit(start)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault(.malformedEscape, at: start) }
    return String(scalar)
  }

  private mutating func parseHexUnit(_ start: Int) throws(JSONParseError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw fault(.endsEarly) }
    var unit: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault(.malformedEscape, at: start)
      }
      unit = unit << 4 | UInt32(digit)
    }
    index += 4
    return unit
  }

  /// An error at a byte, which is here unless it is named.
  func fault(_ reason: JSONParseError.Reason, at offset: Int? = nil) -> JSONParseError {
    let offset = min(offset ?? index, bytes.count)
    let before = bytes[..<offset]
    let lineStart = (before.lastIndex(of: 0x0A) ?? -1) + 1
    return JSONParseError(
      reason: reason, line: before.count { $0 == 0x0A } + 1,
      column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1, offset: offset)
  }
}
