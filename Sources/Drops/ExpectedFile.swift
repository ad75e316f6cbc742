package import BillModel

/// When a feed's file must have come.
package struct ExpectedFile: Hashable, Sendable {
  /// A day's file, and until when it must be there.
  package struct Due: Hashable, Sendable {
    package var date: CivilDate
    package var moment: WallTime
  }

  /// The days on which one is due, 1 for Monday to 7 for Sunday.
  package var days: Set<Int>
  /// Minute of the day.
  package var minute: Int
  package var zone: TimeZoneTable
  /// Whether a later day's file makes an earlier one needless.
  package var nextStandsIn: Bool

  package init(days: Set<Int>, minute: Int, zone: TimeZoneTable, nextStandsIn: Bool) {
    self.days = days
    self.minute = minute
    self.zone = zone
    self.nextStandsIn = nextStandsIn
  }

  /// The files whose time came after `start`, up to `end`, that moment itself among it; of the last `daysBack` days at
  /// most.
  package func due(after start: WallTime, upTo end: WallTime, daysBack: Int = 31) -> [Due] {
    guard let last = zone.civil(end)?.date else { return [] }
    return (0...daysBack).reversed().compactMap { back in
      guard let date = last.adding(days: -back), days.contains(date.weekday) else { return nil }
      let moment = zone.moment(of: minute, on: date)
      return moment > start && moment <= end ? Due(date: date, moment: moment) : nil
    }
  }

  /// Whether a file of this date is the one of that day, or stands in for it.
  package func covers(_ fileDate: CivilDate, _ due: CivilDate) -> Bool {
    fileDate == due || nextStandsIn && fileDate > due
  }
}
