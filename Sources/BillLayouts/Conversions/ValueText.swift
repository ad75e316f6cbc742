/// A value on its way through the steps: UTF-8 in memory that is used again from value to value.
package struct ValueText {
  /// What it is now.
  package var bytes: [UInt8] = []
  /// Where a step writes what is to become `bytes`.
  private var next: [UInt8] = []

  /// Nothing.
  package init() {}

  var isEmpty: Bool { bytes.isEmpty }

  mutating func set(_ value: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: value)
  }

  /// Makes it this value.
  package mutating func set(_ value: [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: value)
  }

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Takes blanks and tabs away at both ends; also blanks that don't break (U+00A0).
  mutating func trim() {
    var end = bytes.count
    while end > 0 {
      if Self.isBlank(bytes[end - 1]) {
        end -= 1
      } else if end > 1, bytes[end - 1] == 0xA0, bytes[end - 2] == 0xC2 {
        end -= 2
      } else {
        break
      }
    }
    bytes.removeSubrange(end...)
    var start = 0
    while start < end {
      if Self.isBlank(bytes[start]) {
        start += 1
      } else if start + 1 < end, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    bytes.removeSubrange(..<start)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  mutating func upper() {
    for index in bytes.indices where bytes[index] >= 0x61 && bytes[index] <= 0x7A { bytes[index] &-= 0x20 }
  }

  mutating func lower() {
    for index in bytes.indices where bytes[index] >= 0x41 && bytes[index] <= 0x5A { bytes[index] &+= 0x20 }
  }

  /// Takes leading zeros away; of zeros alone one stays.
  mutating func stripZeros() {
    let zeros = bytes.prefix { $0 == UInt8(ascii: "0") }.count
    bytes.removeSubrange(..<(zeros == bytes.count ? max(0, zeros - 1) : zeros))
  }

  /// Fills up to a width in characters.
  mutating func pad(width: Int, with filling: [UInt8], isBefore: Bool) {
    let missing = width - characterCount
    guard missing > 0 else { return }
    next.removeAll(keepingCapacity: true)
    for _ in 0..<missing { next.append(contentsOf: filling) }
    if isBefore { bytes.insert(contentsOf: next, at: 0) } else { bytes.append(contentsOf: next) }
  }

  /// Puts each text's other one in its place, from the left; of several that begin alike the first in the list.
  mutating func replace(_ pairs: [ConversionStep.Pair]) {
    next.removeAll(keepingCapacity: true)
    var index = 0
    scan: while index < bytes.count {
      for pair in pairs where bytes[index] == pair.from[0] && bytes[index...].starts(with: pair.from) {
        next.append(contentsOf: pair.to)
        index += pair.from.count
        continue scan
      }
      next.append(bytes[index])
      index += 1
    }
    swap(&bytes, &next)
  }

  /// Keeps the characters from `start` (from 1, or from −1 backwards) on, `length` of them.
  mutating func slice(start: Int, length: Int?) {
    let count = characterCount
    let first = min(count, start > 0 ? start - 1 : max(0, count + start))
    let last = length.map { min(count, first + $0) } ?? count
    if count == bytes.count {
      bytes.removeSubrange(last...)
      bytes.removeSubrange(..<first)
      return
    }
    let (from, to) = (place(of: first), place(of: last))
    bytes.removeSubrange(to...)
    bytes.removeSubrange(..<from)
  }

  /// Code points.
  var characterCount: Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Where a character begins, by its place from 0.
  private func place(of character: Int) -> Int {
    var seen = -1
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 {
      seen += 1
      if seen == character { return index }
    }
    return bytes.count
  }

  var isDigits: Bool { bytes.allSatisfy { $0 >= 48 && $0 <= 57 } }

  /// Sets an integer's digits.
  mutating func set(_ number: Int64) {
    clear()
    var rest = number.magnitude
    repeat {
      bytes.append(UInt8(48 + rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.reverse()
  }

  /// Sets a date as `YYYY-MM-DD`.
  mutating func setDate(year: Int, month: Int, day: Int) {
    clear()
    for (number, digits) in [(year, 1000), (month, 10), (day, 10)] {
      if digits == 10 { bytes.append(UInt8(ascii: "-")) }
      var unit = digits
      while unit > 0 {
        bytes.append(UInt8(48 + number / unit % 10))
        unit /= 10
      }
    }
  }
}
