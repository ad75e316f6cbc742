/// Zoned decimal (COBOL DISPLAY): a byte for each digit, and the sign in the last of them.
///
/// EBCDIC: digits F0 to F9; the zone of the signed byte is A, C, E, F for plus, B, D for minus. ASCII: digits 0 to 9; the
/// signed byte is a plain digit or `{ABCDEFGHI` for plus, `}JKLMNOPQR` (or `p` to `y`, as on Micro Focus and GnuCOBOL) for
/// minus.
package struct ZonedDecimal: Hashable, BitwiseCopyable, Sendable {
  /// The code of the digits.
  package enum Code: String, Hashable, BitwiseCopyable, Sendable {
    case ascii, ebcdic
  }

  package var code: Code

  package init(_ code: Code) { self.code = code }

  /// The number as it stands, without regard to implied decimals.
  package func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(NumberFault) -> Int64 {
    guard !bytes.isEmpty else { throw .empty }
    let signed = bytes.count - 1
    var sum = DigitSum()
    for index in 0..<signed { try sum.add(try plain(bytes[index], at: index)) }
    let (digit, isNegative) = try overpunched(bytes[signed], at: signed)
    try sum.add(digit)
    return try sum.value(isNegative: isNegative)
  }

  private func plain(_ byte: UInt8, at index: Int) throws(NumberFault) -> UInt8 {
    let digit = byte &- (code == .ascii ? 0x30 : 0xF0)
    guard digit <= 9 else { throw .digit(at: index) }
    return digit
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
