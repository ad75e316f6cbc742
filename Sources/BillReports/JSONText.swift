/// Builds JSON text (RFC 8259) member by member, in the order in which people should read it.
///
/// Encoders that go through dictionaries lose that order; a report is read by people too.
package struct JSONText {
  private var bytes: [UInt8] = []
  private var needsComma = false
  private var depth = 0
  private let indents: Bool

  /// - Parameter indents: two spaces a level and one member a line; otherwise all on one line.
  package init(indents: Bool = false) { self.indents = indents }

  /// The text so far, UTF-8.
  package var utf8: [UInt8] { bytes }

  /// The text so far.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object, whose members `body` writes.
  package mutating func object(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
    container(key, UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// An array, whose elements `body` writes without keys.
  package mutating func array(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
    container(key, UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// A string, or null for `nil`.
  package mutating func string(_ key: String? = nil, _ value: String?) {
    begin(key)
    if let value { Self.quote(value, into: &bytes) } else { bytes += "null".utf8 }
  }

  /// An integer.
  package mutating func integer(_ key: String? = nil, _ value: some BinaryInteger) {
    begin(key)
    bytes += String(value).utf8
  }

  /// Seconds, rounded to milliseconds. Not a number and infinity become null.
  package mutating func seconds(_ key: String? = nil, _ value: Double) { decimal(key, value) }

  /// A number of at least 0, rounded to three decimals. Not a number and infinity become null.
  package mutating func decimal(_ key: String? = nil, _ value: Double) {
    begin(key)
    guard value.isFinite else { return bytes += "null".utf8 }
    let milliseconds = Int64((value * 1000).rounded())
    let fraction = String(milliseconds % 1000)
    bytes += "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)".utf8
  }

  /// True or false.
  package mutating func boolean(_ key: String? = nil, _ value: Bool) {
    begin(key)
    bytes += (value ? "true" : "false").utf8
  }

  /// JSON text that was built before.
  package mutating func raw(_ key: String? = nil, _ value: JSONText) {
    begin(key)
    bytes += value.bytes
  }

  /// Appends `text` as a JSON string: quotes, backslashes and control characters escaped.
  package static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\\u00".utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func container(_ key: String?, _ open: UInt8, _ close: UInt8, _ body: (inout JSONText) -> Void) {
    begin(key)
    bytes.append(open)
    needsComma = false
    depth += 1
    body(&self)
    depth -= 1
    if needsComma { newLine() }
    bytes.append(close)
    needsComma = true
  }

  private mutating func begin(_ key: String?) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { newLine() }
    needsComma = true
    guard let key else { return }
    Self.quote(key, into: &bytes)
    bytes.append(UInt8(ascii: ":"))
    if indents { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func newLine() {
    guard indents else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: depth * 2)
  }
}
