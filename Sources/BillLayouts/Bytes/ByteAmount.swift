/// An amount in major units in plain figures: `AmountForm` with marks of one byte and the usual signs.
struct ByteAmount: BitwiseCopyable {
  let decimal: UInt8
  /// 0 where there is none.
  let group: UInt8
  let hasTrailingSign: Bool
  /// −1 where there is a mark.
  let impliedDecimals: Int8
  /// Decimals of the currency; −1 where it stands beside the value.
  let exponent: Int8
  /// Most digits of a number that fits whatever is done to it.
  private static let mostDigits = 18

  /// `nil` for a form that needs more.
  init?(_ form: AmountForm, exponent: Int?) {
    func isMark(_ mark: [UInt8]) -> Bool { mark.count == 1 && mark[0] > 0 && mark[0] < 0x80 && mark[0] &- 48 > 9 }
    guard isMark(form.decimal), form.group.isEmpty || isMark(form.group), form.group != form.decimal,
      form.sign == .leading || form.sign == .trailing
    else { return nil }
    decimal = form.decimal[0]
    group = form.group.first ?? 0
    hasTrailingSign = form.sign == .trailing
    impliedDecimals = form.impliedDecimals.flatMap { Int8(exactly: $0) } ?? -1
    guard form.impliedDecimals == nil || impliedDecimals >= 0 else { return nil }
    self.exponent = exponent.flatMap { Int8(exactly: $0) } ?? -1
  }

  /// Minor units; `nil` where it isn't plain to see how many.
  @inline(__always)
  func minorUnits(_ value: ByteValue, exponent beside: Int?) -> Int64? {
    var body = value
    let isNegative = takeSign(&body)
    guard let wanted = exponent >= 0 ? Int(exponent) : beside, !body.isEmpty,
      body.count + wanted <= Self.mostDigits, let (digits, decimals) = read(body), decimals <= wanted
    else { return nil }
    var amount = digits
    for _ in decimals..<wanted { amount *= 10 }
    return isNegative ? -amount : amount
  }

  @inline(__always)
  private func takeSign(_ body: inout ByteValue) -> Bool {
    guard !body.isEmpty else { return false }
    let byte = body[hasTrailingSign ? body.count - 1 : 0]
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
    body = hasTrailingSign ? ByteValue(start: body.start, count: body.count - 1) : body.dropFirst(1)
    return byte == UInt8(ascii: "-")
  }

  /// The digits as a number, and how many of them are decimals.
  @inline(__always)
  private func read(_ body: ByteValue) -> (Int64, Int)? {
    var number: Int64 = 0
    var (run, groups) = (0, 0)
    var isBehindMark = false
    for index in 0..<body.count {
      let byte = body[index]
      let digit = byte &- 48
      if digit <= 9 {
        number = number &* 10 &+ Int64(digit)
        run += 1
        continue
      }
      guard impliedDecimals < 0, !isBehindMark, groups > 0 ? run == 3 : run > 0 else { return nil }
      if byte == group, group != 0 {
        guard run <= 3 else { return nil }
        groups += 1
      } else {
        guard byte == decimal else { return nil }
        isBehindMark = true
      }
      run = 0
    }
    if impliedDecimals >= 0 { return (number, Int(impliedDecimals)) }
    if isBehindMark { return run > 0 ? (number, run) : nil }
    return (groups > 0 ? run == 3 : run > 0) ? (number, 0) : nil
  }
}
