import BillLedger
import BillModel
import Drops
import RunConfiguration

/// Which expected files of a feed came in time, late, or not at all.
struct FeedCalendar {
  /// What became of a day's file.
  struct Day: Hashable, Sendable {
    enum Coming: Hashable, Sendable {
      case inTime, missing
      case late(WallTime)
    }

    var date: CivilDate
    var moment: WallTime
    var coming: Coming
  }

  private let feed: FeedSettings
  private let expected: ExpectedFile
  private let ledger: Ledger
  private let now: WallTime

  /// So many days back a missing file is somebody's matter.
  private static let daysOfMissing = 31

  /// - Returns: `nil` where the feed expects none.
  init?(_ feed: FeedSettings, in ledger: Ledger, now: WallTime) {
    guard let expected = feed.expected else { return nil }
    self.feed = feed
    self.expected = expected
    self.ledger = ledger
    self.now = now
  }

  /// Those whose time is over: the last one as long as it is missing, earlier ones only where `wasTold` says that nobody
  /// knows of them yet.
  ///
  /// - Parameter held: The keys of files that have come and are held.
  func missing(held: [FeedKey?], wasTold: (CivilDate) throws(LedgerError) -> Bool) throws(LedgerError) -> [RunOutcome] {
    let days = try days(held: held, back: Self.daysOfMissing, since: ledger.watchedSince(feed: feed.name, now: now))
    var outcomes: [RunOutcome] = []
    for day in days where day.coming == .missing {
      if day.date != days.last?.date, try wasTold(day.date) { continue }
      outcomes.append(outcome(day))
    }
    return outcomes
  }

  /// What needs somebody: every file of the last days that is missing, whether somebody was told or not.
  func needs(held: [FeedKey?]) throws(LedgerError) -> [DropNeed] {
    try days(held: held, back: Self.daysOfMissing).filter { $0.coming == .missing }.map { day in
      DropNeed(
        place: feed.drop.title, feed: feed.name, name: name(of: day), kind: .missing,
        reason: reason(day.date),
        since: day.moment)
    }
  }

  /// The days whose time is over, the oldest first, from `back` days ago on, as far as the feed was watched.
  func days(held: [FeedKey?], back: Int) throws(LedgerError) -> [Day] {
    guard let since = try ledger.knownSince(feed: feed.name) else { return [] }
    return try days(held: held, back: back, since: since)
  }

  private func days(held: [FeedKey?], back: Int, since: WallTime) throws(LedgerError) -> [Day] {
    let due = expected.due(after: since, upTo: now, daysBack: back)
    let hasDates = try hasDates(held)
    var days: [Day] = []
    for (index, day) in due.enumerated() {
      let following = index + 1 < due.count ? due[index + 1].moment : now
      let before = index > 0 ? due[index - 1].moment : day.moment.advanced(byMilliseconds: -86_400_000)
      let end = expected.nextStandsIn ? now : following
      let coming = try coming(day, after: before, upTo: end, held, hasDates)
      days.append(Day(date: day.date, moment: day.moment, coming: coming))
    }
    return days
  }

  private func coming(
    _ day: ExpectedFile.Due, after start: WallTime, upTo end: WallTime, _ held: [FeedKey?], _ hasDates: Bool
  ) throws(LedgerError) -> Day.Coming {
    let came: WallTime?
    if hasDates {
      for case .date(let date)? in held where expected.covers(date, day.date) { return .inTime }
      let last = expected.nextStandsIn ? "9999-12-31" : day.date.description
      came = try ledger.firstDropFile(ofFeed: feed.name, keys: day.date.description...last)
    } else {
      if !held.isEmpty { return .inTime }
      came = try ledger.firstDropFile(ofFeed: feed.name, after: start, upTo: end)
    }
    guard let came else { return .missing }
    return came > day.moment ? .late(came) : .inTime
  }

  /// Whether the files are told apart by dates; of keys that stand in files, those that came say so.
  private func hasDates(_ held: [FeedKey?]) throws(LedgerError) -> Bool {
    guard feed.readsKeys else { return feed.namesHaveDates }
    let last = try ledger.lastDone(ofFeed: feed.name)?.sortKey.flatMap { FeedKey(sortText: $0) }
    return (held + [last]).contains { if case .date? = $0 { true } else { false } }
  }

  /// The state in which people are told of a day.
  func state(of date: CivilDate) -> String { "missing: " + reason(date) }

  /// With the hour of the feed's own zone, as the configuration has it, and that of UTC.
  private func reason(_ date: CivilDate) -> String {
    let moment = expected.zone.moment(of: expected.minute, on: date)
    let (hours, minutes) = (expected.minute / 60, expected.minute % 60)
    let time = "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    return "No file of \(date) that can be used has come; it was due at \(time) \(expected.zone.name) "
      + "(\(moment.rfc3339.prefix(16).replacing("T", with: " ")) UTC)."
  }

  private func name(of day: Day) -> String { "\(feed.name) \(day.date)" }

  private func outcome(_ day: Day) -> RunOutcome {
    RunOutcome(feed: feed.name, file: name(of: day), end: .verdict(.missing), reason: reason(day.date))
  }
}
