import BillLedger
import BillModel
import Drops
import Hashing
import ReportPages
import RunConfiguration

extension FeedStanding {
  /// So many days the calendar of a page goes back.
  private static let daysShown = 91

  /// How a feed stands by what its ledger knows.
  ///
  /// - Parameter held: The keys of files that have come and are held.
  init(
    _ feed: FeedSettings, in ledger: Ledger, held: [FeedKey?], configuration: String, now: WallTime
  ) throws(LedgerError) {
    let title = feed.drop.title
    self.init(feed: feed.name, drop: title)
    for need in try LedgerNeeds(ledger, feeds: [], now: now).needs
    where need.place == title && (need.feed == feed.name || need.name == title) {
      needs.append(
        Need(
          verdict: need.verdict.rawValue, file: need.name, reason: need.reason,
          next: need.next(configuration: configuration), path: need.path, since: need.since.rfc3339))
    }
    for day in try FeedCalendar(feed, in: ledger, now: now)?.days(held: held, back: Self.daysShown) ?? [] {
      switch day.coming {
      case .inTime: continue
      case .missing: nights.append(Night(date: day.date.description, cameAt: nil))
      case .late(let time): nights.append(Night(date: day.date.description, cameAt: time.rfc3339))
      }
    }
    takenAway = try ledger.takenAwayDropFiles(in: title).filter { $0.feed == feed.name }.compactMap(\.digest?.short)
  }
}

extension DropNeed {
  /// The verdict that stands for it.
  fileprivate var verdict: Verdict {
    switch kind {
    case .held: .held
    case .stopped, .fault: .stopped
    case .rejected: .fileRejected
    case .missing, .gone: .missing
    }
  }
}
