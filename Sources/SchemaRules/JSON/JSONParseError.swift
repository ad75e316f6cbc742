/// Why a text is no JSON, and where.
package struct JSONParseError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The text ends inside a value.
    case endsEarly
    /// Something else stands where this was expected, for example "a value" or "',' or '}'".
    case expected(String)
    /// The key stands twice in one object.
    case duplicateKey(String)
    /// Nested deeper than the limit.
    case tooDeep(limit: Int)
    /// A number not as RFC 8259 section 6 has it (`01`, `+1`, `1.`, `NaN`).
    case malformedNumber
    /// An exponent of more than 6 digits.
    case numberOutOfRange
    /// A control character in a string that must be escaped.
    case controlCharacter(UInt8)
    /// An unknown escape, or half of a surrogate pair.
    case malformedEscape
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// A comment where none is allowed.
    case comment
    /// More text after the value.
    case trailingText
  }

  package var reason: Reason
  /// Line, from 1.
  package var line: Int
  /// Character (code point) in the line, from 1.
  package var column: Int
  /// Byte, from 0.
  package var offset: Int

  /// What is wrong, in one sentence without the position.
  package var message: String {
    switch reason {
    case .endsEarly: "the text ends in the middle of a value"
    case .expected(let what): "expected \(what) here"
    case .duplicateKey(let key): "the key \"\(key)\" stands twice in this object"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .malformedNumber: "not a JSON number"
    case .numberOutOfRange: "the number's exponent is out of range"
    case .controlCharacter(let byte):
      "control character U+00\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true)) must be escaped"
    case .malformedEscape: "not a JSON escape sequence"
    case .invalidUTF8: "bytes that are not UTF-8"
    case .comment: "comments are not allowed here"
    case .trailingText: "more text after the end of the value"
    }
  }
}

extension JSONParseError: CustomStringConvertible {
  package var description: String { "line \(line), column \(column): \(message)" }
}
