import Testing

@testable import BillSubmission

@Suite struct QuietHoursTests {
  @Test(
    arguments: [
      ("22:00-23:00", 1319, nil), ("22:00-23:00", 1320, 1380), ("22:00-23:00", 1379, 1380), ("22:00-23:00", 1380, nil),
      ("23:30-00:30", 1410, 30), ("23:30-00:30", 0, 30), ("23:30-00:30", 30, nil), ("23:30-00:30", 1409, nil),
      ("12:00-13:00, 20:00-24:00", 1439, 1440), ("12:00-13:00,20:00-24:00", 720, 780), ("00:00-24:00", 77, 1440),
    ] as [(String, Int, Int?)])
  func `a minute of the day is quiet or not`(text: String, minute: Int, end: Int?) throws {
    #expect(try #require(QuietHours(text)).end(at: minute) == end)
  }

  @Test(
    arguments: [
      "", "22:00", "22:00-", "-23:00", "22:00-22:00", "22-23", "24:00-01:00", "22:00-24:01", "22:60-23:00",
      "9:00-10:00",
      "22:00-23:00,", "22:00-23:00-24:00", "ab:cd-ef:gh", "+1:00-02:00", "٢٢:٠٠-٢٣:٠٠",
    ])
  func `anything else is not understood`(text: String) {
    #expect(QuietHours(text) == nil)
  }

  @Test func `several spans come as a list too, as a configuration has them`() throws {
    let hours = try #require(QuietHours(["22:00-23:00", "23:30-00:30"]))
    #expect([1319, 1320, 1390, 1410, 0, 30].map { hours.end(at: $0) } == [nil, 1380, nil, 30, 30, nil])
    #expect(QuietHours([]).map { hours in (0..<1440).allSatisfy { hours.end(at: $0) == nil } } == true)
    #expect(QuietHours(["22:00-23:00,23:30-00:30"]) == nil)
    #expect(QuietHours([""]) == nil)
  }

  @Test func `minutes are told as people write them`() {
    #expect([0, 5, 1380, 1440].map(QuietHours.text) == ["00:00", "00:05", "23:00", "24:00"])
  }
}
