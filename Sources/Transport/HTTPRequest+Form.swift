import Threads

extension HTTPRequest {
  /// Whether it may not leave any more.
  var isTooLate: Bool { BootClock.isAfter(latest) }

  /// Whether it can be written as HTTP without becoming something else: a token for a method, a path of visible
  /// characters, fields without control characters (RFC 9110, 5.5 and 9.1).
  var isWellFormed: Bool {
    Self.isToken(method) && path.utf8.first == UInt8(ascii: "/") && Self.holds(path) { $0 > 0x20 && $0 < 0x7F }
      && Self.areFields(headers) && shared?.isWellFormed ?? true
  }

  /// Whether these can be header fields.
  static func areFields(_ fields: [(String, String)]) -> Bool {
    fields.allSatisfy { isToken($0.0) && isFieldValue($0.1) }
  }

  private static func isToken(_ text: String) -> Bool { !text.isEmpty && holds(text, isTokenByte) }

  private static func holds(_ text: String, _ rule: (UInt8) -> Bool) -> Bool {
    var text = text
    return text.withUTF8 { $0.allSatisfy(rule) }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: "!#$%&'*+.^_`|~".utf8.contains(byte)
    }
  }

  private static func isFieldValue(_ text: String) -> Bool {
    holds(text) { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }
  }
}
