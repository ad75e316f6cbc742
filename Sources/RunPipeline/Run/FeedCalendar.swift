import BillLedger
import BillModel
import Drops

/// Which expected files of a feed have not come.
struct FeedCalendar {
  private let feed: FeedDesk
  private let expected: ExpectedFile
  private let now: WallTime

  /// - Returns: `nil` where the feed expects none.
  init?(_ feed: FeedDesk, now: WallTime) {
    guard let expected = feed.settings.expected else { return nil }
    self.feed = feed
    self.expected = expected
    self.now = now
  }

  private var ledger: Ledger { feed.account.ledger }

  /// Those whose time is over: the last one as long as it is missing, earlier ones only where `wasTold` says that nobody
  /// knows of them yet.
  ///
  /// - Parameter held: The keys of files that have come and are held.
  func missing(held: [FeedKey?], wasTold: (CivilDate) throws(LedgerError) -> Bool) throws(LedgerError) -> [RunOutcome] {
    let since = try ledger.watchedSince(feed: feed.name, now: now)
    let due = expected.due(after: since, upTo: now)
    var outcomes: [RunOutcome] = []
    for (index, day) in due.enumerated() {
      let following = index + 1 < due.count ? due[index + 1].moment : now
      let before = index > 0 ? due[index - 1].moment : day.moment.advanced(byMilliseconds: -86_400_000)
      if try hasCome(day, after: before, upTo: expected.nextStandsIn ? now : following, held) { continue }
      if index < due.count - 1, try wasTold(day.date) { continue }
      outcomes.append(outcome(day))
    }
    return outcomes
  }

  private func hasCome(
    _ day: ExpectedFile.Due, after start: WallTime, upTo end: WallTime, _ held: [FeedKey?]
  ) throws(LedgerError) -> Bool {
    guard try hasDates(held) else {
      if !held.isEmpty { return true }
      return try ledger.hasDropFile(ofFeed: feed.name, after: start, upTo: end)
    }
    for case .date(let date)? in held where expected.covers(date, day.date) { return true }
    let last = expected.nextStandsIn ? "9999-12-31" : day.date.description
    return try ledger.hasDropFile(ofFeed: feed.name, keys: day.date.description...last)
  }

  /// Whether the files are told apart by dates; of keys that stand in files, those that came say so.
  private func hasDates(_ held: [FeedKey?]) throws(LedgerError) -> Bool {
    guard feed.readsKeys else { return feed.namesHaveDates }
    let last = try ledger.lastDone(ofFeed: feed.name)?.sortKey.flatMap { FeedKey(sortText: $0) }
    return (held + [last]).contains { if case .date? = $0 { true } else { false } }
  }

  /// The state in which people are told of a day.
  func state(of date: CivilDate) -> String {
    "missing: " + reason(date, expected.zone.moment(of: expected.minute, on: date))
  }

  private func reason(_ date: CivilDate, _ moment: WallTime) -> String {
    "No file of \(date) that can be used has come; it was due at \(moment.rfc3339)."
  }

  private func outcome(_ day: ExpectedFile.Due) -> RunOutcome {
    RunOutcome(
      feed: feed.name, file: "\(feed.name) \(day.date)", end: .verdict(.missing), reason: reason(day.date, day.moment))
  }
}
