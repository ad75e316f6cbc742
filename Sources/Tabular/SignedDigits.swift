/// Digits in ASCII with a sign as reports print it. Blanks before, behind, and between digits and sign don't count; there
/// is no decimal mark and no group mark.
package struct SignedDigits: Hashable, Sendable {
  /// How the sign is written. What isn't written in the stated way is a fault.
  package enum Style: String, Hashable, Sendable {
    /// Digits only.
    case unsigned
    /// `-123`, `+123`, `123`
    case leading
    /// `123-`, `123+`, `123`
    case trailing
    /// `(123)` is negative.
    case parentheses
    /// `123CR` is negative, `123DB` (or `123DR`) and `123` are not: an account's statement.
    case creditIsNegative
    /// `123CR` and `123DB` are negative: COBOL's editing pictures print either for a negative number, blanks for others.
    case eitherIsNegative
  }

  package var style: Style

  package init(_ style: Style) { self.style = style }

  /// The number as it stands, without regard to implied decimals.
  package func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(NumberFault) -> Int64 {
    var range = Self.trimmed(bytes, 0..<bytes.count)
    let isNegative = takeSign(bytes, &range)
    guard !range.isEmpty else { throw .empty }
    var sum = DigitSum()
    for index in range {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { throw .digit(at: index) }
      try sum.add(digit)
    }
    return try sum.value(isNegative: isNegative)
  }

  /// Takes the sign and the blanks beside it off the range; anything else stays for the digits to fault.
  private func takeSign(_ bytes: UnsafeBufferPointer<UInt8>, _ range: inout Range<Int>) -> Bool {
    guard let first = range.first, let last = range.last else { return false }
    switch style {
    case .unsigned: return false
    case .leading:
      guard Self.isSign(bytes[first]) else { return false }
      range = Self.trimmed(bytes, first + 1..<range.upperBound)
      return bytes[first] == UInt8(ascii: "-")
    case .trailing:
      guard Self.isSign(bytes[last]) else { return false }
      range = Self.trimmed(bytes, range.lowerBound..<last)
      return bytes[last] == UInt8(ascii: "-")
    case .parentheses:
      guard bytes[first] == UInt8(ascii: "("), bytes[last] == UInt8(ascii: ")") else { return false }
      range = Self.trimmed(bytes, first + 1..<last)
      return true
    case .creditIsNegative, .eitherIsNegative: return takeWord(bytes, &range)
    }
  }

  private func takeWord(_ bytes: UnsafeBufferPointer<UInt8>, _ range: inout Range<Int>) -> Bool {
    guard range.count >= 2 else { return false }
    let end = range.upperBound
    let isNegative: Bool
    switch (bytes[end - 2], bytes[end - 1]) {
    case (UInt8(ascii: "C"), UInt8(ascii: "R")): isNegative = true
    case (UInt8(ascii: "D"), UInt8(ascii: "B")): isNegative = style == .eitherIsNegative
    case (UInt8(ascii: "D"), UInt8(ascii: "R")) where style == .creditIsNegative: isNegative = false
    default: return false
    }
    range = Self.trimmed(bytes, range.lowerBound..<end - 2)
    return isNegative
  }

  private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return start..<end
  }
}
