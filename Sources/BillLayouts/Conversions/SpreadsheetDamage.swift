/// What spreadsheets do to values that they take for numbers.
enum SpreadsheetDamage {
  /// What is wrong with the value of an identifier; `nil` where nothing can be seen.
  static func ofIdentifier(_ text: [UInt8]) -> ConversionFault.Kind? {
    if isHashes(text) { return .hashes }
    guard let first = text.first, first >= 48, first <= 57 else { return nil }
    if text.count > 15, isRounded(text) { return .rounded }
    return isScientific(text) ? .scientific : nil
  }

  /// A column that was too narrow when the sheet was saved as it was shown.
  static func isHashes(_ text: [UInt8]) -> Bool {
    text.first == UInt8(ascii: "#") && text.count >= 4 && text.allSatisfy { $0 == UInt8(ascii: "#") }
  }

  /// `1.23457E+12`: one digit, a decimal mark, digits, an exponent with its plus. Also `8E+12`.
  static func isScientific(_ text: [UInt8]) -> Bool {
    guard (5...24).contains(text.count), let mark = text.firstIndex(where: { $0 & 0xDF == UInt8(ascii: "E") }),
      mark + 2 < text.count, text[mark + 1] == UInt8(ascii: "+"),
      text[(mark + 2)...].allSatisfy({ $0 >= 48 && $0 <= 57 })
    else { return false }
    let mantissa = text[..<mark]
    guard let first = mantissa.first, first >= 49, first <= 57 else { return false }
    return mantissa.count == 1
      || (mantissa[1] == UInt8(ascii: ".") || mantissa[1] == UInt8(ascii: ","))
        && mantissa.dropFirst(2).allSatisfy { $0 >= 48 && $0 <= 57 }
  }

  /// More than 15 digits of which all behind the fifteenth are zeros.
  private static func isRounded(_ text: [UInt8]) -> Bool {
    text.count <= 22 && text.allSatisfy { $0 >= 48 && $0 <= 57 } && text[15...].allSatisfy { $0 == 48 }
      && text[..<15].contains { $0 != 48 }
  }
}
