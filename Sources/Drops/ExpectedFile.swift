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

  /// The moment by which the file of the expected day before this one is due.
  package func momentBefore(_ date: CivilDate) -> WallTime? {
    (1...7).lazy.compactMap { date.adding(days: -$0) }.first { days.contains($0.weekday) }
      .map { zone.moment(of: minute, on: $0) }
  }

  /// So many days ahead a file may stand in for a day whenever it came. One of a later date does so where it came in that
  /// day's time, or after it: else one with a wrong date would stand in for all nights until then.
  private static let daysAhead = 7

  /// The last date with which a file stands in for a day whenever it came.
  package func lastNear(_ due: CivilDate) -> CivilDate { due.adding(days: Self.daysAhead) ?? due }

  /// Whether a file of this date is the one of that day, or stands in for it.
  ///
  /// - Parameters:
  ///   - came: When it came.
  ///   - start: When the time of that day began, with that before it being over.
  package func covers(_ fileDate: CivilDate, _ due: CivilDate, came: WallTime, after start: WallTime) -> Bool {
    fileDate == due || nextStandsIn && fileDate > due && (fileDate <= lastNear(due) || came > start)
  }
}
