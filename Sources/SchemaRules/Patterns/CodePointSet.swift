/// A set of Unicode scalar values (code points without surrogates), as sorted ranges that don't touch.
struct CodePointSet: Hashable, Sendable {
  static let all = CodePointSet([0...0xD7FF, 0xE000...0x10FFFF])
  static let digits = CodePointSet([0x30...0x39])
  /// `\w` of ECMA-262.
  static let word = CodePointSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  /// `\s` of ECMA-262: WhiteSpace and LineTerminator.
  static let space = CodePointSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
  /// `.` of ECMA-262: all but the line terminators.
  static let anyInLine = CodePointSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).inverted

  let ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  var inverted: CodePointSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in CodePointSet(ranges + [0xD800...0xDFFF]).ranges {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
    return CodePointSet(gaps)
  }

  func union(_ other: Self) -> Self { CodePointSet(ranges + other.ranges) }

  /// The members as bytes, where all of them are ASCII.
  var ascii: ByteSet? {
    guard (ranges.last?.upperBound ?? 0) < 0x80 else { return nil }
    var bytes = ByteSet()
    for range in ranges { for value in range { bytes.insert(UInt8(value)) } }
    return bytes
  }

  /// The members' UTF-8 forms: sequences of byte ranges that together match exactly them.
  var utf8: [[ClosedRange<UInt8>]] { ranges.flatMap(Self.sequences) }

  /// Splits a range until its ends differ only in whole trailing bytes.
  private static func sequences(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
    let (low, high) = (range.lowerBound, range.upperBound)
    for last: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= last && high > last {
      return sequences(low...last) + sequences(last + 1...high)
    }
    if high < 0x80 { return [[UInt8(low)...UInt8(high)]] }
    let length = high < 0x800 ? 2 : high < 0x10000 ? 3 : 4
    for trailing in 1..<length {
      let mask: UInt32 = 1 << UInt32(6 * trailing) - 1
      guard low & ~mask != high & ~mask else { continue }
      if low & mask != 0 { return sequences(low...(low | mask)) + sequences((low | mask) + 1...high) }
      if high & mask != mask { return sequences(low...(high & ~mask) - 1) + sequences((high & ~mask)...high) }
    }
    return [zip(encode(low, length), encode(high, length)).map { $0...$1 }]
  }

  private static func encode(_ value: UInt32, _ length: Int) -> [UInt8] {
    let lead: [UInt32] = [0, 0, 0xC0, 0xE0, 0xF0]
    return (0..<length).map { index in
      let bits = value >> UInt32(6 * (length - 1 - index))
      return UInt8(index == 0 ? lead[length] | bits : 0x80 | bits & 0x3F)
    }
  }
}
