package import BillLedger
package import BillModel
import Drops
import Hashing
package import ReportPages
import RunConfiguration

extension FeedStanding {
  /// So many days the calendar of a page goes back.
  private static let daysShown = 91

  /// How a feed stands by what its ledger knows.
  ///
  /// - Parameters:
  ///   - known: What needs somebody, by the ledger.
  ///   - held: The files that have come and are held.
  init(
    _ feed: FeedSettings, in ledger: Ledger, _ known: LedgerNeeds, held: [FeedCalendar.HeldFile], configuration: String,
    now: WallTime
  ) throws(LedgerError) {
    let title = feed.drop.title
    self.init(feed: feed.name, drop: title)
    needs = known.needs.filter { $0.place == title && ($0.feed == feed.name || $0.name == title) }
      .map { Need($0, configuration: configuration) }
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

extension FeedStanding {
  /// How files stand that were submitted by name, by what their ledger knows.
  package init(filesByNameIn ledger: Ledger, now: WallTime) throws(LedgerError) {
    self.init(feed: "", drop: ledger.path)
    needs = try LedgerNeeds(ledger, feeds: [], now: now).needs.filter(\.place.isEmpty)
      .map { Need($0, configuration: "FILE") }
  }
}

extension FeedStanding.Need {
  fileprivate init(_ need: DropNeed, configuration: String) {
    self.init(
      verdict: need.verdict.rawValue, file: need.name, reason: need.reason,
      next: need.next(configuration: configuration), path: need.path, since: need.since.rfc3339)
    digest = need.kind == .rows ? need.approval : need.digest
  }
}

extension DropNeed {
  /// The verdict that stands for it.
  fileprivate var verdict: Verdict {
    switch kind {
    case .held, .untaken: .held
    case .stopped, .fault: .stopped
    case .rejected: .fileRejected
    case .missing, .gone: .missing
    case .rows: .completeWithRejects
    }
  }
}
