/// A region's numbers in plain figures: `PhoneRegion`.
struct BytePhone: BitwiseCopyable {
  let country: ByteText
  let hasTrunkZero: Bool
  let least: Int8
  let most: Int8

  /// The number in the form of E.164, as `PhoneRegion.convert` makes it; `nil` where it is none, or there is no room.
  func convert(_ value: ByteValue, country: ByteValue, _ room: inout ByteRoom) -> ByteValue? {
    // Before the digits there is room for a plus and the country.
    let ahead = 1 + country.count
    guard let place = room.take(ahead + value.count) else { return nil }
    guard var (digits, isInternational) = Self.digits(value, into: place + ahead) else { return nil }
    if !isInternational, digits.count > 1, digits[0] == 48, digits[1] == 48 {
      digits = digits.dropFirst(2)
      isInternational = true
    }
    if !isInternational {
      if hasTrunkZero {
        if digits.first == 48 { return national(digits.dropFirst(1), country, place) }
      } else if let number = national(digits, country, place) {
        return number
      }
      guard digits.count > Int(most) + 1, digits.begins(with: country) else { return nil }
    }
    return international(digits, country, place)
  }

  private static func digits(
    _ value: ByteValue, into place: UnsafeMutablePointer<UInt8>
  ) -> (ByteValue, isInternational: Bool)? {
    var count = 0
    var isInternational = false
    for index in 0..<value.count {
      switch value[index] {
      case 48...57:
        place[count] = value[index]
        count += 1
      case UInt8(ascii: "+") where index == 0: isInternational = true
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"), 0xC2, 0xA0:
        continue
      default: return nil
      }
    }
    return (ByteValue(start: UnsafePointer(place), count: count), isInternational)
  }

  /// The digits behind the country's and a plus.
  private func national(
    _ digits: ByteValue, _ country: ByteValue, _ place: UnsafeMutablePointer<UInt8>
  ) -> ByteValue? {
    guard digits.count >= Int(least), digits.count <= Int(most), digits.first != 48 else { return nil }
    let start = place + (digits.start - UnsafePointer(place) - country.count - 1)
    start[0] = UInt8(ascii: "+")
    (start + 1).update(from: country.start, count: country.count)
    return ByteValue(start: UnsafePointer(start), count: 1 + country.count + digits.count)
  }

  private func international(
    _ digits: ByteValue, _ country: ByteValue, _ place: UnsafeMutablePointer<UInt8>
  ) -> ByteValue? {
    if digits.begins(with: country) {
      var rest = digits.dropFirst(country.count)
      if hasTrunkZero, rest.first == 48 { rest = rest.dropFirst(1) }
      return national(rest, country, place)
    }
    guard digits.count >= 8, digits.count <= 15, digits[0] != 48 else { return nil }
    let start = place + (digits.start - UnsafePointer(place) - 1)
    start[0] = UInt8(ascii: "+")
    return ByteValue(start: UnsafePointer(start), count: digits.count + 1)
  }
}
