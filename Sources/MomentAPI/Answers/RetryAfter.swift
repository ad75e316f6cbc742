import BillModel

/// The header field `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
struct RetryAfter {
  /// How long to wait, 0 to a day.
  let milliseconds: Int64

  /// `nil` where the value is neither. `now` is the server's clock where it is known.
  init?(_ value: String, now: WallTime) {
    let longest: Int64 = 86_400_000
    let text = value.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    if !text.isEmpty, text.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
      milliseconds = min(Int64(DecimalDigits.value(of: text) ?? .max).multipliedOrMax(by: 1000), longest)
    } else if let date = HTTPDate(value, receivedAt: now) {
      milliseconds = min(max(date.time.milliseconds - now.milliseconds, 0), longest)
    } else {
      return nil
    }
  }
}

extension Int64 {
  fileprivate func multipliedOrMax(by factor: Int64) -> Int64 {
    let (product, tooLarge) = multipliedReportingOverflow(by: factor)
    return tooLarge ? .max : product
  }
}
