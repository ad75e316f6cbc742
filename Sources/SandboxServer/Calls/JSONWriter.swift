/// Writes one JSON object after the other into bytes; members in the order of the calls.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

  mutating func open(_ key: StaticString? = nil) {
    name(key)
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  mutating func close() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  mutating func openArray(_ key: StaticString) {
    name(key)
    bytes.append(UInt8(ascii: "["))
    needsComma = false
  }

  mutating func closeArray() {
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  mutating func member(_ key: StaticString, _ text: some Sequence<UInt8>) {
    name(key)
    string(text)
  }

  mutating func member(_ key: StaticString, _ text: String) { member(key, text.utf8) }

  mutating func member(_ key: StaticString, _ number: some BinaryInteger) {
    name(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  mutating func member(_ key: StaticString, _ value: Bool) {
    name(key)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// A member whose value is JSON already.
  mutating func member(_ key: StaticString, json: some Sequence<UInt8>) {
    name(key)
    bytes.append(contentsOf: json)
  }

  /// A member whose name is known at run time only.
  mutating func member(named key: String, _ number: some BinaryInteger) {
    comma()
    string(key.utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: String(number).utf8)
    needsComma = true
  }

  /// Opens an object under a name that is known at run time only.
  mutating func open(named key: String) {
    comma()
    string(key.utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  /// A whole line that is JSON already.
  mutating func line(_ json: [UInt8]) {
    bytes.append(contentsOf: json)
    newline()
  }

  /// Ends a line of a stream of JSON lines.
  mutating func newline() {
    bytes.append(10)
    needsComma = false
  }

  private mutating func name(_ key: StaticString?) {
    comma()
    guard let key else { return }
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func string(_ text: some Sequence<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default:
        bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
