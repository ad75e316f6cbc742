/// Reads runs of the digits 0–9.
package enum DecimalDigits {
  /// The value of one or more digits and nothing else; `nil` else, and beyond `Int`.
  package static func value(of bytes: some Collection<UInt8>) -> Int? {
    guard !bytes.isEmpty else { return nil }
    var value = 0
    for byte in bytes {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooLargeStill) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      if tooLarge || tooLargeStill { return nil }
      value = sum
    }
    return value
  }
}
