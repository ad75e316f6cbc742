/// A decimal number of any size, exact: ± 0.DIGITS × 10^exponent, in its one normal form.
package struct JSONDecimal: Hashable, Sendable {
  /// False for zero.
  let isNegative: Bool
  /// ASCII digits without zeros at either end; empty for zero.
  let digits: [UInt8]
  /// Power of ten that the digits, read as a fraction, are multiplied with; 0 for zero.
  let exponent: Int

  /// - Parameters:
  ///   - digits: ASCII digits, zeros at the ends allowed.
  ///   - pointAfter: How many of them stand before the decimal point; may lie outside of them.
  init(isNegative: Bool, digits: some Collection<UInt8>, pointAfter: Int) {
    let zero = UInt8(ascii: "0")
    let leading = digits.prefix { $0 == zero }.count
    var kept = Array(digits.dropFirst(leading))
    while kept.last == zero { kept.removeLast() }
    self.isNegative = isNegative && !kept.isEmpty
    exponent = kept.isEmpty ? 0 : pointAfter - leading
    self.digits = kept
  }

  package init(_ number: Int64) {
    let digits = Array(String(number.magnitude).utf8)
    self.init(isNegative: number < 0, digits: digits, pointAfter: digits.count)
  }

  /// The number where it has no fraction and fits, or `nil`.
  package var integer: Int64? {
    guard exponent >= digits.count, exponent <= 19 else { return nil }
    let text = String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: exponent - digits.count)
    return Int64((isNegative ? "-" : "") + (text.isEmpty ? "0" : text))
  }

  /// Whether it has no fraction; it may still not fit in 64 bits.
  var isIntegral: Bool { exponent >= digits.count }

  /// The next integer at or above, or at or below; the nearest that fits in 64 bits.
  func integer(roundedUp: Bool) -> Int64 {
    if let integer { return integer }
    if isIntegral || exponent > 19 { return isNegative ? .min : .max }
    let whole = JSONDecimal(
      isNegative: isNegative, digits: digits.prefix(max(exponent, 0)), pointAfter: max(exponent, 0))
    guard let whole = whole.integer else { return isNegative ? .min : .max }
    return whole + (isNegative ? (roundedUp ? 0 : -1) : (roundedUp ? 1 : 0))
  }

  /// The nearest `Double`; infinite where the number is too large.
  package var double: Double {
    Double("\(isNegative ? "-" : "")0.\(String(decoding: digits, as: UTF8.self))0e\(exponent)") ?? .infinity
  }
}

extension JSONDecimal: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isSmallerInSize(than: left) : left.isSmallerInSize(than: right)
  }

  private func isSmallerInSize(than other: Self) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if exponent != other.exponent { return exponent < other.exponent }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

extension JSONDecimal: CustomStringConvertible {
  /// A JSON number: in plain digits up to 40 of them, else with an exponent.
  package var description: String {
    let sign = isNegative ? "-" : ""
    let text = String(decoding: digits, as: UTF8.self)
    if digits.isEmpty { return "0" }
    if exponent >= digits.count, exponent <= 40 {
      return sign + text + String(repeating: "0", count: exponent - digits.count)
    }
    if exponent > 0, exponent < digits.count { return sign + text.prefix(exponent) + "." + text.dropFirst(exponent) }
    if exponent <= 0, exponent > -40 { return sign + "0." + String(repeating: "0", count: -exponent) + text }
    return "\(sign)0.\(text)e\(exponent)"
  }
}
