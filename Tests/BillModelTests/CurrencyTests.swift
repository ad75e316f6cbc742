import Testing

@testable import BillModel

@Suite struct CurrencyTests {
  @Test(arguments: [("ZAR", 2), ("USD", 2), ("JPY", 0), ("BHD", 3), ("CLF", 4), ("XAF", 0), ("ZWG", 2)])
  func `an active code has the minor unit of ISO 4217`(code: String, exponent: Int) throws {
    #expect(Currency.exponent(of: try #require(CurrencyCode(code))) == exponent)
  }

  @Test(arguments: ["XYZ", "AAA", "ZZZ", "XTS", "XAU", "DEM", "ZWL"])
  func `a code that isn't active, or has no minor unit, is unknown`(code: String) throws {
    #expect(!Currency.isActive(try #require(CurrencyCode(code))))
  }

  @Test func `the table holds every code once`() {
    let codes = Currency.active
    #expect(Set(codes).count == codes.count)
    #expect((150...180).contains(codes.count))
  }

  @Test func `Moment supports rand and dollar`() throws {
    #expect(Currency.isSupported(try #require(CurrencyCode("ZAR"))))
    #expect(Currency.isSupported(try #require(CurrencyCode("USD"))))
    #expect(!Currency.isSupported(try #require(CurrencyCode("EUR"))))
  }
}
