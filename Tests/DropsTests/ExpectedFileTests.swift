import BillModel
import Drops
import Testing

@Suite(.serialized)
struct ExpectedFileTests {
  private static let hour: Int64 = 3_600_000

  /// 2026-02-01T00:00:00Z, a Sunday.
  private let start = WallTime(milliseconds: 1_769_904_000_000)

  private func zone(_ name: String) throws -> TimeZoneTable { try #require(TimeZoneTable(named: name, around: start)) }

  private func date(_ day: Int, month: Int = 2) throws -> CivilDate {
    try #require(CivilDate(year: 2026, month: month, day: day))
  }

  @Test func `six in the morning of Johannesburg is four of UTC`() throws {
    #expect(start.rfc3339 == "2026-02-01T00:00:00.000Z")
    let expected = ExpectedFile(
      days: Set(1...7), minute: 360, zone: try zone("Africa/Johannesburg"), nextStandsIn: true)
    let due = expected.due(after: start, upTo: start.advanced(byMilliseconds: 48 * Self.hour))
    #expect(due.map(\.date) == [try date(1), try date(2)])
    #expect(due.map(\.moment.rfc3339) == ["2026-02-01T04:00:00.000Z", "2026-02-02T04:00:00.000Z"])
    #expect(expected.due(after: start, upTo: start.advanced(byMilliseconds: 4 * Self.hour - 1)).isEmpty)
    #expect(expected.due(after: start, upTo: start.advanced(byMilliseconds: 4 * Self.hour)).count == 1)
  }

  @Test func `only the days that are asked for are due, and 31 of them at most`() throws {
    let monday = ExpectedFile(days: [1], minute: 0, zone: try zone("UTC"), nextStandsIn: true)
    let end = start.advanced(byMilliseconds: 10 * 24 * Self.hour)
    #expect(monday.due(after: start, upTo: end).map(\.date) == [try date(2), try date(9)])
    let daily = ExpectedFile(days: Set(1...7), minute: 0, zone: try zone("UTC"), nextStandsIn: true)
    #expect(daily.due(after: WallTime(milliseconds: 0), upTo: start).count == 32)
  }

  @Test func `clocks that are put forward and back keep their hours`() throws {
    let berlin = try zone("Europe/Berlin")
    // Summer time begins on 2026-03-29 at 2:00 and ends on 2026-10-25 at 3:00.
    #expect(berlin.moment(of: 119, on: try date(29, month: 3)).rfc3339 == "2026-03-29T00:59:00.000Z")
    #expect(berlin.moment(of: 180, on: try date(29, month: 3)).rfc3339 == "2026-03-29T01:00:00.000Z")
    #expect(berlin.moment(of: 150, on: try date(29, month: 3)).rfc3339 == "2026-03-29T01:00:00.000Z")
    #expect(berlin.moment(of: 360, on: try date(26, month: 10)).rfc3339 == "2026-10-26T05:00:00.000Z")
    let summer = try #require(berlin.civil(WallTime(milliseconds: 1_782_864_000_000)))
    #expect(summer.date == (try date(1, month: 7)))
    #expect(summer.minute == 120)
  }

  @Test func `a later file stands in where it may`() throws {
    var expected = ExpectedFile(days: Set(1...7), minute: 0, zone: try zone("UTC"), nextStandsIn: true)
    func covers(_ file: Int, _ due: Int) throws -> Bool {
      try expected.covers(date(file), date(due), came: start, after: start)
    }
    #expect(try covers(3, 2))
    #expect(try !covers(1, 2))
    expected.nextStandsIn = false
    #expect(try !covers(3, 2))
    #expect(try covers(2, 2))
  }

  @Test func `one of a far later date stands in for the day that it came in alone`() throws {
    let expected = ExpectedFile(days: Set(1...7), minute: 360, zone: try zone("UTC"), nextStandsIn: true)
    func covers(_ due: Int, _ hours: Int64) throws -> Bool {
      let before = try #require(expected.momentBefore(try date(due)))
      return try expected.covers(
        date(28), date(due), came: start.advanced(byMilliseconds: hours * Self.hour), after: before)
    }
    // It came on the second at noon.
    #expect(try covers(2, 36))
    #expect(try covers(3, 36))
    #expect(try !covers(4, 36))
    #expect(try covers(21, 36))
  }

  @Test func `the expected day before one may be a week ago`() throws {
    let monday = ExpectedFile(days: [1], minute: 0, zone: try zone("UTC"), nextStandsIn: true)
    #expect(monday.momentBefore(try date(9))?.rfc3339 == "2026-02-02T00:00:00.000Z")
    let daily = ExpectedFile(days: Set(1...7), minute: 0, zone: try zone("UTC"), nextStandsIn: true)
    #expect(daily.momentBefore(try date(9))?.rfc3339 == "2026-02-08T00:00:00.000Z")
  }

  @Test func `a zone that the machine doesn't know is none`() {
    for name in ["Nowhere/Town", "", "/etc/passwd", "../x y", "Europe/", "Europe", "America/Argentina", "tzdata.zi"] {
      #expect(TimeZoneTable(named: name, around: start) == nil)
    }
  }
}
