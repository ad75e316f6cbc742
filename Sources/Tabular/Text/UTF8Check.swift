import CScan

/// Well-formedness by Unicode 16, table 3-7, at the speed of ASCII where there is nothing else.
enum UTF8Check {
  /// The first byte at or after `index` that is NUL or not ASCII, or `end`. The 64 bytes past `end` must be readable.
  @inline(__always)
  static func nextUnusual(in bytes: UnsafePointer<UInt8>, from index: Int, to end: Int) -> Int {
    var index = index
    while index < end {
      let mask = cscan_unusual(bytes + index)
      if mask != 0 { return min(end, index + mask.trailingZeroBitCount) }
      index += 64
    }
    return end
  }

  /// Where the first byte of the first ill-formed sequence stands; `nil` if all is well-formed.
  static func firstIllFormed(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let length = sequenceLength(in: bytes, at: index)
      if length == 0 { return index }
      index += length
    }
    return nil
  }

  /// How many bytes the well-formed sequence has that begins here, 1 to 4; 0 if none does.
  static func sequenceLength(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    let second: ClosedRange<UInt8>
    let length: Int
    switch lead {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
    case 0xE0: (second, length) = (0xA0...0xBF, 3)
    case 0xE1...0xEC, 0xEE...0xEF: (second, length) = (0x80...0xBF, 3)
    case 0xED: (second, length) = (0x80...0x9F, 3)
    case 0xF0: (second, length) = (0x90...0xBF, 4)
    case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
    case 0xF4: (second, length) = (0x80...0x8F, 4)
    default: return 0
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    for rest in 2..<max(2, length) where bytes[index + rest] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
