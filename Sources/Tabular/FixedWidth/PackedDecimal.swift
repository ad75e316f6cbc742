/// Packed decimal (COBOL COMP-3, IBM z/Architecture Principles of Operation, chapter 8): two digits a byte, the last half
/// byte the sign. A, C, E and F are plus, B and D are minus; nothing else is a sign or a digit.
package enum PackedDecimal {
  /// The number as it stands, without regard to implied decimals.
  package static func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(NumberFault) -> Int64 {
    guard let last = bytes.last else { throw .empty }
    var sum = DigitSum()
    for index in 0..<bytes.count - 1 {
      let (high, low) = (bytes[index] >> 4, bytes[index] & 0x0F)
      guard high <= 9, low <= 9 else { throw .digit(at: index) }
      try sum.add(high)
      try sum.add(low)
    }
    guard last >> 4 <= 9 else { throw .digit(at: bytes.count - 1) }
    try sum.add(last >> 4)
    switch last & 0x0F {
    case 0x0A, 0x0C, 0x0E, 0x0F: return try sum.value(isNegative: false)
    case 0x0B, 0x0D: return try sum.value(isNegative: true)
    default: throw .sign(at: bytes.count - 1)
    }
  }
}
