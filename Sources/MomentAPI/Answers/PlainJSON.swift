#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads JSON (RFC 8259) as nearly every answer of an API has it, without copying what nobody asks for.
///
/// Objects and arrays to a depth of 16, strings without escapes, whole numbers of up to 18 digits. Anything else throws
/// `Unusual`, also where it is no JSON at all: then `JSONDecoder` decides, which knows the rest and says what is wrong.
/// So nothing is taken here that would not be taken there.
struct PlainJSON: ~Copyable {
  /// Not for this reader.
  struct Unusual: Error {}

  /// A string's bytes between its quotes.
  typealias Text = UnsafeBufferPointer<UInt8>

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  /// Whether a byte beyond ASCII came.
  private var isPastASCII = false

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Reads a body that is one object, whole: `member` is called for each member, and must take its value.
  static func object(
    in body: [UInt8], _ member: (inout PlainJSON, Text) throws(Unusual) -> Void
  ) throws(Unusual) {
    try body.withUnsafeBufferPointer { (bytes) throws(Unusual) in
      var reader = PlainJSON(bytes)
      try reader.object(member)
      reader.skipSpace()
      guard reader.position == bytes.count else { throw Unusual() }
      if reader.isPastASCII, String(validating: bytes, as: UTF8.self) == nil { throw Unusual() }
    }
  }

  /// Takes an object: `member` is called for each of its members, and must take its value.
  mutating func object(_ member: (inout PlainJSON, Text) throws(Unusual) -> Void) throws(Unusual) {
    try open("{")
    defer { depth -= 1 }
    if take("}") { return }
    repeat {
      let name = try text()
      guard take(":") else { throw Unusual() }
      try member(&self, name)
    } while take(",")
    guard take("}") else { throw Unusual() }
  }

  /// Takes a string; `nil` for null.
  mutating func string() throws(Unusual) -> String? {
    if try null() { return nil }
    return String(decoding: try text(), as: UTF8.self)
  }

  /// Takes a string's bytes; `nil` for null.
  mutating func bytesOfString() throws(Unusual) -> Text? { try null() ? nil : try text() }

  /// Takes a whole number; `nil` for null.
  mutating func integer() throws(Unusual) -> Int64? {
    if try null() { return nil }
    let isNegative = take("-")
    let start = position
    var value: Int64 = 0
    while position < bytes.count, bytes[position] &- 0x30 < 10, position - start < 19 {
      value = value &* 10 &+ Int64(bytes[position] &- 0x30)
      position += 1
    }
    let digits = position - start
    guard (1...18).contains(digits), digits == 1 || bytes[start] != 0x30, endsNumber else { throw Unusual() }
    return isNegative ? -value : value
  }

  /// Takes `true` or `false`.
  mutating func flag() throws(Unusual) -> Bool {
    if take(word: "true") { return true }
    guard take(word: "false") else { throw Unusual() }
    return false
  }

  /// Takes null, where it comes next.
  mutating func null() throws(Unusual) -> Bool {
    guard next == UInt8(ascii: "n") else { return false }
    guard take(word: "null") else { throw Unusual() }
    return true
  }

  /// The first byte of the value that comes next; 0 at the end.
  var next: UInt8 {
    mutating get {
      skipSpace()
      return position < bytes.count ? bytes[position] : 0
    }
  }

  /// Takes a value, whatever it is, and drops it.
  mutating func skip() throws(Unusual) {
    switch next {
    case UInt8(ascii: "\""): _ = try text()
    case UInt8(ascii: "{"): try object { (reader, _) throws(Unusual) in try reader.skip() }
    case UInt8(ascii: "["): try skipArray()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try flag()
    default: _ = try integer()
    }
  }

  private mutating func skipArray() throws(Unusual) {
    try open("[")
    defer { depth -= 1 }
    if take("]") { return }
    repeat { try skip() } while take(",")
    guard take("]") else { throw Unusual() }
  }

  private mutating func open(_ bracket: Unicode.Scalar) throws(Unusual) {
    guard depth < 16, take(bracket) else { throw Unusual() }
    depth += 1
  }

  /// The bytes of the string that comes next.
  private mutating func text() throws(Unusual) -> Text {
    guard take("\""), let base = bytes.baseAddress else { throw Unusual() }
    let start = position
    var (end, met) = (start, UInt8(0))
    while end < bytes.count {
      let byte = base[end]
      if byte == UInt8(ascii: "\"") {
        if met >= 0x80 { isPastASCII = true }
        position = end + 1
        return UnsafeBufferPointer(start: base + start, count: end - start)
      }
      guard byte >= 0x20, byte != UInt8(ascii: "\\") else { throw Unusual() }
      met |= byte
      end += 1
    }
    throw Unusual()
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    skipSpace()
    guard bytes[position...].prefix(word.utf8CodeUnitCount).elementsEqual(Text(word)) else { return false }
    position += word.utf8CodeUnitCount
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  /// Whether a number is over here: no fraction, no exponent, no further digit.
  private var endsNumber: Bool {
    guard position < bytes.count else { return true }
    let byte = bytes[position]
    return Self.isSpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}

extension PlainJSON.Text {
  /// The bytes of a name.
  fileprivate init(_ word: StaticString) { self.init(start: word.utf8Start, count: word.utf8CodeUnitCount) }

  /// Whether these bytes are that name.
  static func ~= (name: StaticString, text: Self) -> Bool {
    guard text.count == name.utf8CodeUnitCount, let bytes = text.baseAddress else { return false }
    return memcmp(bytes, name.utf8Start, text.count) == 0
  }
}
