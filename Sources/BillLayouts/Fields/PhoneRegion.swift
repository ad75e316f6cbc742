/// The numbering plan of a region, as far as a number's form goes (ITU-T E.164 and the national plans at ITU).
package struct PhoneRegion: Hashable, Sendable {
  /// ISO 3166-1, two capitals.
  package let code: String
  /// Digits of the country code.
  package let country: [UInt8]
  /// Whether a national number is dialled with a 0 before it.
  let hasTrunkZero: Bool
  /// Digits of a national number, country code and 0 not counted.
  package let lengths: ClosedRange<Int>

  private init(_ code: String, _ country: String, trunk: Bool, _ lengths: ClosedRange<Int>) {
    self.code = code
    self.country = Array(country.utf8)
    hasTrunkZero = trunk
    self.lengths = lengths
  }

  /// The region of an ISO code in capitals; `nil` where its rules are not known here.
  package init?(_ code: String) {
    guard let known = Self.known.first(where: { $0.code == code }) else { return nil }
    self = known
  }

  /// The countries of SADC, and two neighbours.
  package static let known: [PhoneRegion] = [
    PhoneRegion("AO", "244", trunk: false, 9...9),
    PhoneRegion("BW", "267", trunk: false, 7...8),
    PhoneRegion("CD", "243", trunk: true, 9...9),
    PhoneRegion("KE", "254", trunk: true, 9...9),
    PhoneRegion("KM", "269", trunk: false, 7...7),
    PhoneRegion("LS", "266", trunk: false, 8...8),
    PhoneRegion("MG", "261", trunk: true, 9...9),
    PhoneRegion("MU", "230", trunk: false, 7...8),
    PhoneRegion("MW", "265", trunk: true, 7...9),
    PhoneRegion("MZ", "258", trunk: false, 8...9),
    PhoneRegion("NA", "264", trunk: true, 8...9),
    PhoneRegion("SC", "248", trunk: false, 7...7),
    PhoneRegion("SZ", "268", trunk: false, 8...8),
    PhoneRegion("TZ", "255", trunk: true, 9...9),
    PhoneRegion("UG", "256", trunk: true, 9...9),
    PhoneRegion("ZA", "27", trunk: true, 9...9),
    PhoneRegion("ZM", "260", trunk: true, 9...9),
    PhoneRegion("ZW", "263", trunk: true, 8...9),
  ]
}
