extension AmountForm {
  /// An amount in minor units, exactly.
  ///
  /// - Parameters:
  ///   - text: Not empty.
  ///   - exponent: The decimals of its currency.
  func minorUnits(_ text: [UInt8], exponent: Int) -> Result<Int64, ConversionFault> {
    guard let (body, isNegative) = unsigned(text[...]) else { return .failure(ConversionFault(.amountForm)) }
    var number = Number()
    if let impliedDecimals {
      guard number.take(body), !body.isEmpty else { return .failure(ConversionFault(.amountForm)) }
      number.decimals = impliedDecimals
    } else {
      guard read(body, into: &number) else { return .failure(ConversionFault(.amountForm)) }
      if number.decimals > exponent { return .failure(ConversionFault(.amountDecimals, number.decimals, exponent)) }
    }
    guard number.fits else { return .failure(ConversionFault(.amountSize)) }
    var value = number.value
    var decimals = number.decimals
    while decimals > exponent {
      // Decimals that are implied are there whether or not they say anything.
      guard value % 10 == 0 else { return .failure(ConversionFault(.amountDecimals, number.decimals, exponent)) }
      value /= 10
      decimals -= 1
    }
    while decimals < exponent {
      let (larger, overflows) = value.multipliedReportingOverflow(by: 10)
      guard !overflows else { return .failure(ConversionFault(.amountSize)) }
      value = larger
      decimals += 1
    }
    return .success(isNegative ? -value : value)
  }

  /// Digits read so far.
  private struct Number {
    var value: Int64 = 0
    var decimals = 0
    /// Whether all digits went into `value`.
    var fits = true

    /// Takes digits; `false` at anything else.
    mutating func take(_ digits: ArraySlice<UInt8>) -> Bool {
      for digit in digits {
        guard digit >= 48, digit <= 57 else { return false }
        let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowsAlso) = tenfold.addingReportingOverflow(Int64(digit) - 48)
        fits = fits && !overflows && !overflowsAlso
        value = sum
      }
      return true
    }
  }

  /// Digits, in groups or not, and decimals behind the mark.
  private func read(_ body: ArraySlice<UInt8>, into number: inout Number) -> Bool {
    var rest = body
    var groups = 0
    while true {
      let digits = rest.prefix { $0 >= 48 && $0 <= 57 }
      let isWhole = groups == 0 ? !digits.isEmpty : digits.count == 3
      guard isWhole, number.take(digits) else { return false }
      rest = rest.dropFirst(digits.count)
      if rest.isEmpty { return true }
      guard !group.isEmpty, rest.starts(with: group) else { break }
      // The first of several groups has one to three digits.
      guard groups > 0 || digits.count <= 3 else { return false }
      rest = rest.dropFirst(group.count)
      groups += 1
    }
    guard rest.starts(with: decimal) else { return false }
    let decimals = rest.dropFirst(decimal.count)
    guard !decimals.isEmpty, number.take(decimals) else { return false }
    number.decimals = decimals.count
    return true
  }

  /// What is left without the sign, and whether it was a minus; `nil` where the sign is not as stated.
  private func unsigned(_ text: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Bool)? {
    let (minus, plus) = (UInt8(ascii: "-"), UInt8(ascii: "+"))
    switch sign {
    case .leading:
      guard text.first == minus || text.first == plus else { return (text, false) }
      return (text.dropFirst(), text.first == minus)
    case .trailing:
      guard text.last == minus || text.last == plus else { return (text, false) }
      return (text.dropLast(), text.last == minus)
    case .parentheses:
      guard text.first == UInt8(ascii: "(") else { return (text, false) }
      guard text.last == UInt8(ascii: ")") else { return nil }
      return (text.dropFirst().dropLast(), true)
    case .cr:
      let mark = text.suffix(2).map { $0 & 0xDF }
      guard mark == [0x43, 0x52] || mark == [0x44, 0x52] else { return (text, false) }
      let rest = text.dropLast(2)
      return (rest.last == UInt8(ascii: " ") ? rest.dropLast() : rest, mark[0] == 0x43)
    }
  }
}
