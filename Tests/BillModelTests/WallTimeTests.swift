import Testing

@testable import BillModel

@Suite struct WallTimeTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (951_782_400_123, "2000-02-29T00:00:00.123Z"),
    (4_102_444_799_999, "2099-12-31T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
  ])
  func `a wall time prints as RFC 3339 in UTC`(milliseconds: Int64, text: String) {
    #expect(WallTime(milliseconds: milliseconds).rfc3339 == text)
  }
}
