import Tabular

/// A value on its way through the steps, where it stands in memory: in the file's bytes, in the room behind them, or among
/// the constants of a layout.
struct ByteValue: BitwiseCopyable {
  var start: UnsafePointer<UInt8>
  var count: Int

  var isEmpty: Bool { count == 0 }
  var first: UInt8? { count > 0 ? start[0] : nil }
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  @inline(__always)
  subscript(index: Int) -> UInt8 { start[index] }

  /// What is left without so many bytes at its beginning.
  @inline(__always)
  func dropFirst(_ bytes: Int) -> Self { Self(start: start + bytes, count: count - bytes) }

  func isSame(as other: Self) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where start[index] != other.start[index] { return false }
    return true
  }

  func begins(with other: Self) -> Bool {
    count >= other.count && Self(start: start, count: other.count).isSame(as: other)
  }

  /// Whether its bytes come before those of another, as `lexicographicallyPrecedes` has it.
  func precedes(_ other: Self) -> Bool {
    for index in 0..<min(count, other.count) where start[index] != other.start[index] {
      return start[index] < other.start[index]
    }
    return count < other.count
  }

  var isDigits: Bool {
    for index in 0..<count where start[index] &- 48 > 9 { return false }
    return true
  }

  var isASCII: Bool {
    for index in 0..<count where start[index] >= 0x80 { return false }
    return true
  }

  /// Code points.
  var characterCount: Int {
    var characters = 0
    for index in 0..<count where start[index] & 0xC0 != 0x80 { characters += 1 }
    return characters
  }

  /// Takes blanks and tabs away at both ends; also blanks that don't break (U+00A0).
  mutating func trim() {
    while count > 0 {
      if Self.isBlank(start[count - 1]) {
        count -= 1
      } else if count > 1, start[count - 1] == 0xA0, start[count - 2] == 0xC2 {
        count -= 2
      } else {
        break
      }
    }
    while count > 0 {
      if Self.isBlank(start[0]) {
        self = dropFirst(1)
      } else if count > 1, start[0] == 0xC2, start[1] == 0xA0 {
        self = dropFirst(2)
      } else {
        return
      }
    }
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// Takes leading zeros away; of zeros alone one stays.
  mutating func stripZeros() {
    while count > 1, start[0] == UInt8(ascii: "0") { self = dropFirst(1) }
  }
}
