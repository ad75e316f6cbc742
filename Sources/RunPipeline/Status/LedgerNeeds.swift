import BillIntake
package import BillLedger
package import BillModel
import Drops
import DurableFiles
import FileRuns
import Hashing
package import RunConfiguration

/// What a ledger knows that needs somebody now, whatever runs or doesn't.
package struct LedgerNeeds: Sendable {
  /// What the last looks left, less what was done with since, what is known longest first; then files with rows that
  /// somebody has to look at, the latest first.
  package private(set) var needs: [DropNeed] = []
  /// The first 12 digits of the digests of files that are held, and that somebody took away since the last look.
  package private(set) var goneHeld: Set<String> = []

  /// How many older files with rows that somebody has to look at were not looked at: see `OpenRows`.
  package private(set) var unread = 0

  /// What lies where files arrive, and nobody takes.
  package private(set) var untaken: [DropNeed] = []

  /// - Parameter feeds: Those of a configuration over this ledger: of them the calendar is asked anew.
  package init(_ ledger: Ledger, feeds: [FeedSettings], now: WallTime) throws(LedgerError) {
    let kept = try ledger.needs()
    for need in kept where !need.isKeptStop {
      if try Self.isStruckOff(need, ledger) { continue }
      if need.kind == .rejected, need.place.isEmpty,
        try ledger.isDone(withRejected: need, names: SourceName(need.name).all, now: now)
      {
        continue
      }
      // Sent by hand under another layout, it is through.
      if need.kind == .rejected, try Self.isThrough(need, ledger) { continue }
      let run =
        need.kind == .held
        ? try need.approval.flatMap { (digits) throws(LedgerError) in try ledger.latestFileRun(short: digits) } : nil
      if run?.isFinished ?? false { continue }
      if need.kind == .gone, try Self.isThrough(need, ledger) { continue }
      if Self.isDone(need) {
        // Held and never read, it was taken away from where files arrive; or a pass has just claimed it.
        if need.kind == .held, need.approval != nil, run == nil, try !ledger.hasCome(for: need) {
          needs.append(need.isGone(since: need.since))
        }
        if run?.isHeld ?? false, let digits = need.approval { goneHeld.insert(digits) }
        continue
      }
      if need.kind == .untaken {
        untaken.append(need)
        continue
      }
      if need.kind == .held, let path = need.path, let words = FileLook.oddWords(at: path) {
        var need = need
        (need.approval, need.reason) = (nil, words)
        needs.append(need)
        continue
      }
      needs.append(need)
      if need.kind == .held, need.reason == DropDesk.companionGone(need.path ?? "") {
        needs[needs.count - 1].approval = nil
      }
      // Of one that is out of order too, the reason says both.
      if let run, let figures = try HeldFigures.words(of: run, in: ledger),
        try !ledger.isOrderAsked(of: run.file.digest.short)
      {
        needs[needs.count - 1].reason =
          "It is far from the last files of its feed: \(figures)."
          + (need.reason.firstRange(of: DropDesk.anotherCame).map { String(need.reason[$0.lowerBound...]) } ?? "")
      }
    }
    needs += try StoppedFiles(ledger, kept: kept, told: needs, now: now).needs
    for feed in feeds { try expect(feed, kept, ledger, now) }
    needs.sort { ($0.since.milliseconds, $0.feed, $0.name) < ($1.since.milliseconds, $1.feed, $1.name) }
    let open = try OpenRows(ledger, now: now)
    needs += open.needs
    unread = open.unread
    for index in needs.indices where needs[index].report.map(Self.isReportGone) ?? false {
      (needs[index].report, needs[index].isReportGone) = (nil, true)
    }
  }

  /// The calendar goes on while nobody looks at the drop. Of a day that was over when somebody did, that look knew more than
  /// the ledger: files that lie where files arrive, and that it didn't get to.
  private mutating func expect(
    _ feed: FeedSettings, _ kept: [DropNeed], _ ledger: Ledger, _ now: WallTime
  ) throws(LedgerError) {
    let held = needs.filter { $0.kind == .held && $0.feed == feed.name && $0.place == feed.drop.title }
    guard let calendar = FeedCalendar(feed, in: ledger, now: now) else { return }
    needs.removeAll { $0.kind == .missing && $0.feed == feed.name && $0.place == feed.drop.title }
    let look = try ledger.dropLooks().first { $0.place == feed.drop.title }?.at
    needs += try calendar.needs(held: held.map(FeedCalendar.HeldFile.init)).filter { need in
      guard let look, look > need.since else { return true }
      return kept.contains {
        $0.kind == .missing && $0.feed == need.feed && $0.name == need.name && $0.place == need.place
      }
    }
  }

  /// Notes that nothing is left to do about the files of these digits, which were rejected whole, or were held where they
  /// arrived and are gone; `nil` where there are none.
  static func strikeOff(_ digits: String, in ledger: Ledger, now: WallTime) throws(LedgerError) -> DropNeed? {
    var struck: DropNeed?
    for need in try ledger.needs() where struck == nil && need.kind == .rejected && need.approval == digits {
      if try isStruckOff(need, ledger) { continue }
      try ledger.noteSettled(digits, now: now)
      struck = need
    }
    let gone = try gone(digits, in: ledger, now: now)
    for need in gone { try ledger.remove(need) }
    return struck ?? gone.first
  }

  /// Whether the bytes of a file that is gone, or was rejected whole, went through all the same: under another name, or by
  /// hand.
  static func isThrough(_ need: DropNeed, _ ledger: Ledger) throws(LedgerError) -> Bool {
    guard let digits = need.approval else { return false }
    return try ledger.latestFileRun(short: digits)?.isFinished ?? false
  }

  /// The files of these digits that were held where they arrived, and are gone.
  static func gone(_ digits: String, in ledger: Ledger, now: WallTime) throws(LedgerError) -> [DropNeed] {
    try LedgerNeeds(ledger, feeds: [], now: now).needs.filter { $0.kind == .gone && $0.approval == digits }
  }

  /// Whether somebody said of a file that was rejected whole that nothing is left to do about it.
  static func isStruckOff(_ need: DropNeed, _ ledger: Ledger) throws(LedgerError) -> Bool {
    guard need.kind == .rejected, let digits = need.approval else { return false }
    return try ledger.isSettled(digits)
  }

  /// Whether somebody has taken the file away since.
  private static func isDone(_ need: DropNeed) -> Bool {
    need.kind != .fault && need.path.map { $0.hasPrefix("/") && isGone($0) } ?? false
  }

  /// Whether a report was removed, its receipt apart. One that is named from a folder, as its run named it, is looked for
  /// where that folder is.
  private static func isReportGone(_ path: String) -> Bool {
    let isFindable = path.hasPrefix("/") || Directory.isFolder(String(path.prefix { $0 != "/" }))
    return isFindable && isGone(path + "/summary.json")
  }

  /// Whether a file is surely not there: one that may not be looked at is.
  private static func isGone(_ path: String) -> Bool {
    do throws(FileError) { return try FileLook(path: path) == nil } catch { return false }
  }
}
