import BillModel
import Testing

@testable import MomentAPI

@Suite struct HTTPDateTests {
  private let now = WallTime(milliseconds: 1_800_000_000_000)

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
    ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Sun Nov 16 08:49:37 1994", 784_975_777),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
    ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799), ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
    ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_799), ("Friday, 31-Dec-99 23:59:59 GMT", 946_684_799),
    ("Thursday, 31-Dec-76 23:59:59 GMT", 3_376_684_799), ("Friday, 31-Dec-77 23:59:59 GMT", 3_408_220_799),
    ("Sunday, 31-Dec-78 23:59:59 GMT", 283_996_799),
  ])
  func `the three forms of a date are read`(text: String, seconds: Int64) {
    #expect(HTTPDate(text, receivedAt: now)?.time.milliseconds == seconds * 1000)
  }

  @Test(arguments: [
    "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 +0200", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
    "Sun, 06 Nov 1994 8:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT", "06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 19940 08:49:37 GMT", "Sun, 006 Nov 1994 08:49:37 GMT", "2026-01-31T00:00:00Z",
    "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
  ])
  func `anything else is no date`(text: String) {
    #expect(HTTPDate(text, receivedAt: now) == nil)
  }

  @Test func `a date reads back as the wall time prints`() throws {
    for day in stride(from: 0, to: 40_000, by: 37) {
      let time = WallTime(milliseconds: Int64(day) * 86_400_000 + 45_296_000)
      let iso = Array(time.rfc3339)
      let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
      let month = months[try #require(Int(String(iso[5...6]))) - 1]
      let text = "Mon, \(String(iso[8...9])) \(month) \(String(iso[0...3])) \(String(iso[11...18])) GMT"
      #expect(HTTPDate(text, receivedAt: now)?.time == time, "\(text)")
    }
  }
}
