extension PhoneRegion {
  /// A telephone number in the form of E.164, from one as people write it: in international form (`+27…`, `0027…`,
  /// `27…`), or in the national one.
  ///
  /// - Parameter text: Not empty; replaced by the number where it is one.
  func convert(_ text: inout ValueText) -> ConversionFault? {
    var digits: [UInt8] = []
    digits.reserveCapacity(16)
    var isInternational = false
    for (index, byte) in text.bytes.enumerated() {
      switch byte {
      case 48...57: digits.append(byte)
      case UInt8(ascii: "+") where index == 0: isInternational = true
      // Blanks, among them the one that doesn't break, and the marks between groups.
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"), 0xC2, 0xA0:
        continue
      default: return ConversionFault(.phoneForm)
      }
    }
    if !isInternational, digits.starts(with: [48, 48]) {
      digits.removeFirst(2)
      isInternational = true
    }
    guard let number = isInternational ? international(digits) : national(digits) else {
      return lostZero(digits, isInternational) ?? ConversionFault(.phoneForm)
    }
    text.clear()
    text.bytes.append(UInt8(ascii: "+"))
    text.bytes.append(contentsOf: number)
    return nil
  }

  /// The digits of a number in international form; one of this region must have its length.
  private func international(_ digits: [UInt8]) -> [UInt8]? {
    guard digits.starts(with: country) else {
      let isNumber = (8...15).contains(digits.count) && digits[0] != 48
      return isNumber ? digits : nil
    }
    var rest = digits.dropFirst(country.count)
    // +27 (0)82 … is written too.
    if hasTrunkZero, rest.first == 48 { rest = rest.dropFirst() }
    guard lengths.contains(rest.count), rest.first != 48 else { return nil }
    return country + rest
  }

  private func national(_ digits: [UInt8]) -> [UInt8]? {
    if hasTrunkZero {
      if digits.first == 48 {
        let rest = digits.dropFirst()
        return lengths.contains(rest.count) && rest.first != 48 ? country + rest : nil
      }
    } else if lengths.contains(digits.count), digits.first != 48 {
      return country + digits
    }
    // The country code without a plus, where no national number is so long.
    guard digits.count > lengths.upperBound + 1, digits.starts(with: country) else { return nil }
    return international(digits)
  }

  private func lostZero(_ digits: [UInt8], _ isInternational: Bool) -> ConversionFault? {
    guard hasTrunkZero, !isInternational, lengths.contains(digits.count), digits.first != 48 else { return nil }
    return ConversionFault(.phoneLostZero, digits.count)
  }
}
