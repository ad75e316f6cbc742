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
    /// A sentence about a file that came for that day with the bytes of another one's; `nil` where none did.
    var repeated: String?
  }

  /// A file that has come and is held.
  struct HeldFile: Hashable, Sendable {
    var key: FeedKey?
    var since: WallTime
  }

  private let feed: FeedSettings
  private let expected: ExpectedFile
  private let ledger: Ledger
  private let now: WallTime

  /// So many days back a missing file is somebody's matter.
  private static let daysOfMissing = 31
  /// No file's date is later.
  private static let lastDate = "9999-12-31"

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
  /// - Parameter held: The files that have come and are held.
  func missing(held: [HeldFile], wasTold: (Day) throws(LedgerError) -> Bool) throws(LedgerError) -> [RunOutcome] {
    let days = try days(held: held, back: Self.daysOfMissing, since: ledger.watchedSince(feed: feed.name, now: now))
    var outcomes: [RunOutcome] = []
    for day in days where day.coming == .missing {
      if day.date != days.last?.date, try wasTold(day) { continue }
      outcomes.append(outcome(day))
    }
    return outcomes
  }

  /// What needs somebody: every file of the last days that is missing, whether somebody was told or not.
  func needs(held: [HeldFile]) throws(LedgerError) -> [DropNeed] {
    try days(held: held, back: Self.daysOfMissing).filter { $0.coming == .missing }.map { day in
      DropNeed(
        place: feed.drop.title, feed: feed.name, name: name(of: day), kind: .missing,
        reason: reason(day), since: day.moment)
    }
  }

  /// The days whose time is over, the oldest first, from `back` days ago on, as far as the feed was watched.
  func days(held: [HeldFile], back: Int) throws(LedgerError) -> [Day] {
    guard let since = try ledger.knownSince(feed: feed.name) else { return [] }
    return try days(held: held, back: back, since: since)
  }

  private func days(held: [HeldFile], back: Int, since: WallTime) throws(LedgerError) -> [Day] {
    let due = expected.due(after: since, upTo: now, daysBack: back)
    let hasDates = try hasDates(held)
    var repeats = RepeatedFiles(feed, in: ledger)
    var days: [Day] = []
    for (index, day) in due.enumerated() {
      let following = index + 1 < due.count ? due[index + 1].moment : now
      let before = expected.momentBefore(day.date) ?? day.moment.advanced(byMilliseconds: -86_400_000)
      let end = expected.nextStandsIn ? now : following
      var found = Day(date: day.date, moment: day.moment, coming: .missing)
      if hasDates {
        try judge(&found, held, since: before, &repeats)
      } else {
        try judge(&found, held, after: before, upTo: end, &repeats)
      }
      days.append(found)
    }
    return days
  }

  /// What became of a day whose file is told by its date; `start`: when that of the day before it was due.
  private func judge(
    _ day: inout Day, _ held: [HeldFile], since start: WallTime, _ repeats: inout RepeatedFiles
  ) throws(LedgerError) {
    for file in held {
      guard case .date(let date)? = file.key, expected.covers(date, day.date, came: file.since, after: start) else {
        continue
      }
      day.coming = .inTime
      return
    }
    let last = expected.nextStandsIn ? expected.lastNear(day.date) : day.date
    let keys = day.date.description...last.description
    note(try ledger.firstDropFile(ofFeed: feed.name, keys: keys), in: &day)
    // Of a later date one counts by when it came.
    let far = (last.adding(days: 1) ?? last).description...Self.lastDate
    if expected.nextStandsIn { note(try ledger.firstDropFile(ofFeed: feed.name, keys: far, after: start), in: &day) }
    if day.coming == .inTime { return }
    var repeated = try ledger.duplicates(ofFeed: feed.name, keys: keys)
    if expected.nextStandsIn {
      repeated += try ledger.duplicates(ofFeed: feed.name, keys: far).filter { $0.claimedAt > start }
    }
    for file in repeated { try note(file, in: &day, &repeats) { $0.sortKey == file.sortKey } }
  }

  /// What became of a day whose file is told by when it came. What came before stood for its own day.
  private func judge(
    _ day: inout Day, _ held: [HeldFile], after start: WallTime, upTo end: WallTime, _ repeats: inout RepeatedFiles
  ) throws(LedgerError) {
    for file in held where start < file.since && file.since <= end { note(file.since, in: &day) }
    note(try ledger.firstDropFile(ofFeed: feed.name, after: start, upTo: end), in: &day)
    if day.coming == .inTime { return }
    for file in try ledger.duplicates(ofFeed: feed.name, after: start, upTo: end) {
      try note(file, in: &day, &repeats) { !$0.isOfFeed }
    }
  }

  /// Takes in when a usable file came.
  private func note(_ came: WallTime?, in day: inout Day) {
    guard let came else { return }
    switch day.coming {
    case .inTime: return
    case .late(let time) where time <= came: return
    case .late, .missing: day.coming = came > day.moment ? .late(came) : .inTime
    }
  }

  /// Takes in a file whose bytes had come before. It stands for the day where these are nobody else's: they hold no rows, as
  /// on a night without bills, or were this day's.
  private func note(
    _ file: DropFile, in day: inout Day, _ repeats: inout RepeatedFiles, isSameDay: (RepeatedFiles.Original) -> Bool
  ) throws(LedgerError) {
    guard let original = try repeats.original(of: file), original.hasRows, !isSameDay(original) else {
      return note(file.claimedAt, in: &day)
    }
    if file.sortKey == nil || file.sortKey == day.date.description {
      day.repeated = "\(file.name) came with the bytes of \(original.name), so that nothing in it is new."
    }
  }

  /// Whether the files are told apart by dates; of keys that stand in files, those that came say so.
  private func hasDates(_ held: [HeldFile]) throws(LedgerError) -> Bool {
    guard feed.readsKeys else { return feed.namesHaveDates }
    let last = try ledger.lastPutAway(ofFeed: feed.name)?.sortKey.flatMap { FeedKey(sortText: $0) }
    return (held.map(\.key) + [last]).contains { if case .date? = $0 { true } else { false } }
  }

  /// The state in which people are told of a day.
  func state(of day: Day) -> String { "missing: " + reason(day) }

  /// With the hour of the feed's own zone, as the configuration has it, and that of UTC.
  private func reason(_ day: Day) -> String {
    let (hours, minutes) = (expected.minute / 60, expected.minute % 60)
    let time = "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    return "No file of \(day.date) that can be used has come; it was due at \(time) \(expected.zone.name) "
      + "(\(day.moment.rfc3339.prefix(16).replacing("T", with: " ")) UTC)."
      + (day.repeated.map { " \($0)" } ?? "")
  }

  private func name(of day: Day) -> String { "\(feed.name) \(day.date)" }

  private func outcome(_ day: Day) -> RunOutcome {
    RunOutcome(feed: feed.name, file: name(of: day), end: .verdict(.missing), reason: reason(day))
  }
}
