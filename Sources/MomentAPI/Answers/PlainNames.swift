/// Which of an object's members came: one that comes twice is unusual.
struct PlainNames {
  private var seen: UInt32 = 0

  /// Notes the member of a number below 32.
  mutating func note(_ number: UInt32) throws(PlainJSON.Unusual) {
    guard seen & 1 << number == 0 else { throw PlainJSON.Unusual() }
    seen |= 1 << number
  }
}
