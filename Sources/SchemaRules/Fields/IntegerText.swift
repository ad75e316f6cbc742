/// Integers as text: `0`, or digits without a leading zero, with `-` before them where negative.
package enum IntegerText {
  /// The number, or `nil` where the text has another form or doesn't fit.
  @inline(__always)
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let isNegative = text.first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    let digits = text.count - start
    // 18 digits always fit.
    guard digits >= 1, digits <= 18 else { return parseLong(text) }
    guard text[start] != UInt8(ascii: "0") || text.count == 1 else { return nil }
    var value: Int64 = 0
    var areDigits = true
    for index in start..<text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      areDigits = areDigits && digit < 10
      value = value &* 10 &+ Int64(digit)
    }
    return areDigits ? (isNegative ? -value : value) : nil
  }

  private static func parseLong(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard isCanonical(text) else { return nil }
    return Int64(String(decoding: text, as: UTF8.self))
  }

  /// What is wrong with a text that `parse` doesn't take, against the limits that there are.
  static func fault(in text: UnsafeBufferPointer<UInt8>, minimum: Int64, maximum: Int64) -> FieldFault {
    guard isCanonical(text) else { return .integer(shapeFault(in: text)) }
    if text[0] == UInt8(ascii: "-") { return minimum > .min ? .belowMinimum(minimum) : .integer(.overflow) }
    return maximum < .max ? .aboveMaximum(maximum) : .integer(.overflow)
  }

  private static func isCanonical(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
    guard let first = digits.first, first != UInt8(ascii: "0") || text.count == 1 else { return false }
    return digits.allSatisfy(isDigit)
  }

  private static func shapeFault(in text: UnsafeBufferPointer<UInt8>) -> IntegerFault {
    let spaces: [UInt8] = [0x20, 0x09]
    if text.first.map(spaces.contains) == true || text.last.map(spaces.contains) == true { return .spaces }
    let unsigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
    guard let first = unsigned.first, isDigit(first) else { return .notANumber }
    if unsigned.allSatisfy(isDigit) { return text[0] == UInt8(ascii: "+") ? .plusSign : .leadingZeros }
    return markFault(in: unsigned)
  }

  /// Digits with other bytes between them: `1,000` is grouped, `1,5` and `1.000` have a fraction.
  private static func markFault(in text: Slice<UnsafeBufferPointer<UInt8>>) -> IntegerFault {
    let marks = text.indices.filter { !isDigit(text[$0]) }
    guard marks.allSatisfy({ ".,' ".utf8.contains(text[$0]) }), let last = marks.last else { return .notANumber }
    let after = text.endIndex - last - 1
    guard after > 0 else { return .notANumber }
    switch text[last] {
    case UInt8(ascii: "."): return after == 3 && marks.count > 1 ? .grouped : .fraction
    case UInt8(ascii: ","): return after == 3 ? .grouped : .fraction
    default: return .grouped
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
