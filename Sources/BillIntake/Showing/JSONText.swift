extension [UInt8] {
  /// Appends UTF-8 bytes as a JSON string (RFC 8259, section 7). Control characters are escaped, those of U+0080 to
  /// U+009F too, which some terminals obey.
  mutating func appendJSON(_ text: some Sequence<UInt8>) {
    append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case UInt8(ascii: "\n"): append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case UInt8(ascii: "\r"): append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case UInt8(ascii: "\t"): append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case 0..<0x20, 0x7F: appendEscaped(byte)
      // The second byte of C2 80 to C2 9F: no other character begins with C2 and goes on so.
      case 0x80..<0xA0 where last == 0xC2:
        removeLast()
        appendEscaped(byte)
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ code: UInt8) {
    append(contentsOf: "\\u00\(code < 16 ? "0" : "")\(String(code, radix: 16))".utf8)
  }
}
