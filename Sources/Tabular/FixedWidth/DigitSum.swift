/// Digits, one after the other, as an exact number.
struct DigitSum {
  /// Gathered below zero, where there is room for one more number than above.
  private var negative: Int64 = 0

  /// Adds a digit from 0 to 9.
  @inline(__always)
  mutating func add(_ digit: UInt8) throws(NumberFault) {
    let (shifted, overflow) = negative.multipliedReportingOverflow(by: 10)
    let (sum, again) = shifted.subtractingReportingOverflow(Int64(digit))
    if overflow || again { throw .overflow }
    negative = sum
  }

  /// The number with its sign. There is no negative zero.
  func value(isNegative: Bool) throws(NumberFault) -> Int64 {
    if isNegative { return negative }
    if negative == .min { throw .overflow }
    return -negative
  }
}
