/// Zoned decimal (COBOL DISPLAY): a byte for each digit, and a sign in one of them or beside them.
///
/// EBCDIC: digits F0 to F9; the zone of the signed byte is A, C, E, F for plus, B, D for minus. ASCII: digits 0 to 9; the
/// signed byte is a plain digit or `{ABCDEFGHI` for plus, `}JKLMNOPQR` (or `p` to `y`, as on Micro Focus and GnuCOBOL) for
/// minus.
package struct ZonedDecimal: Hashable, Sendable {
  /// The code of the digits.
  package enum Code: String, Hashable, Sendable {
    case ascii, ebcdic
  }

  /// Where the sign stands.
  package enum Sign: String, Hashable, Sendable {
    /// There is none: all bytes are digits.
    case none
    /// In the zone of the last digit, or of the first.
    case trailing, leading
    /// A `+` or `-` of its own behind the digits, or before them.
    case separateTrailing, separateLeading
  }

  package var code: Code
  package var sign: Sign

  package init(_ code: Code, sign: Sign = .trailing) {
    self.code = code
    self.sign = sign
  }

  /// The number as it stands, without regard to implied decimals.
  package func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(NumberFault) -> Int64 {
    let digits = digitPlaces(bytes.count)
    guard !digits.isEmpty else { throw .empty }
    var sum = DigitSum()
    var isNegative = false
    if let index = separatePlace(bytes.count) { isNegative = try isMinus(bytes[index], at: index) }
    let signed = overpunchedPlace(bytes.count)
    for index in digits {
      if index == signed {
        let (digit, isMinus) = try overpunched(bytes[index], at: index)
        try sum.add(digit)
        isNegative = isMinus
      } else {
        try sum.add(try plain(bytes[index], at: index))
      }
    }
    return try sum.value(isNegative: isNegative)
  }

  private func digitPlaces(_ count: Int) -> Range<Int> {
    switch sign {
    case .none, .trailing, .leading: 0..<count
    case .separateTrailing: 0..<max(0, count - 1)
    case .separateLeading: min(1, count)..<count
    }
  }

  private func separatePlace(_ count: Int) -> Int? {
    switch sign {
    case .separateTrailing: count - 1
    case .separateLeading: 0
    case .none, .trailing, .leading: nil
    }
  }

  private func overpunchedPlace(_ count: Int) -> Int? {
    switch sign {
    case .trailing: count - 1
    case .leading: 0
    case .none, .separateTrailing, .separateLeading: nil
    }
  }

  private func plain(_ byte: UInt8, at index: Int) throws(NumberFault) -> UInt8 {
    let digit = byte &- (code == .ascii ? 0x30 : 0xF0)
    guard digit <= 9 else { throw .digit(at: index) }
    return digit
  }

  private func isMinus(_ byte: UInt8, at index: Int) throws(NumberFault) -> Bool {
    switch (code, byte) {
    case (.ascii, UInt8(ascii: "+")), (.ebcdic, 0x4E): false
    case (.ascii, UInt8(ascii: "-")), (.ebcdic, 0x60): true
    default: throw .sign(at: index)
    }
  }

  private func overpunched(_ byte: UInt8, at index: Int) throws(NumberFault) -> (digit: UInt8, isMinus: Bool) {
    code == .ascii ? try overpunchedASCII(byte, at: index) : try overpunchedEBCDIC(byte, at: index)
  }

  private func overpunchedASCII(_ byte: UInt8, at index: Int) throws(NumberFault) -> (digit: UInt8, isMinus: Bool) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): (byte - 0x30, false)
    case UInt8(ascii: "{"): (0, false)
    case UInt8(ascii: "A")...UInt8(ascii: "I"): (byte - 0x40, false)
    case UInt8(ascii: "}"): (0, true)
    case UInt8(ascii: "J")...UInt8(ascii: "R"): (byte - 0x49, true)
    case UInt8(ascii: "p")...UInt8(ascii: "y"): (byte - 0x70, true)
    default: throw .sign(at: index)
    }
  }

  private func overpunchedEBCDIC(_ byte: UInt8, at index: Int) throws(NumberFault) -> (digit: UInt8, isMinus: Bool) {
    guard byte & 0x0F <= 9 else { throw .digit(at: index) }
    switch byte >> 4 {
    case 0x0A, 0x0C, 0x0E, 0x0F: return (byte & 0x0F, false)
    case 0x0B, 0x0D: return (byte & 0x0F, true)
    default: throw .sign(at: index)
    }
  }
}
