import BillLedger
import BillModel
import BillReports
import FileRuns
import Hashing
import RunConfiguration
import RunPipeline
import SubmitPass

/// What one ledger knows: what runs now, what needs somebody, and what ran last.
struct StatusReport {
  /// A file run with the records that its check found.
  struct Run {
    let run: FileRun
    let check: FileCheckRecord?
    /// Why it is held, where it is, as far as its figures say; or why rows of it are unknown, where that is kept.
    let reason: String?
    /// Whether it came through a drop, and somebody took it away from there before it was through.
    let isTakenAway: Bool
    /// Of a held one: the file of its name and feed that came since, with other bytes.
    let replacement: SHA256Digest?
    /// Who sends rows of it now, where several processes send it together; how many ranges of rows are left.
    let sharing: (holders: [RangeHolder], left: Int)?

    /// Rows by outcome, the rejected ones and those that were not sent with them.
    var outcomes: [RowOutcome: Int] {
      var outcomes = run.rows.settled
      outcomes[.unknown] = run.rows.unresolved > 0 ? run.rows.unresolved : nil
      guard let check else { return outcomes }
      if check.invalid > 0 { outcomes[.rejected, default: 0] += check.invalid }
      let left = check.recordsRead - outcomes.values.reduce(0, +)
      if left > 0 { outcomes[.notSent] = left }
      return outcomes
    }
  }

  let path: String
  let environment: EnvironmentStamp
  let now: RunStatus?
  /// The process that has the ledger while nothing is under way, as one that watches.
  let holder: String?
  let needs: [DropNeed]
  /// How many older files with open rows are not among them: the latest 1,000 are looked at.
  let unread: Int
  /// What lay where files arrive at that look, and nobody takes.
  let untaken: [DropNeed]
  /// When each drop was last looked at.
  let looks: [(place: String, at: WallTime)]
  let runs: [Run]
  /// How many requests were counted for a daily budget on the last day that had one.
  let day: (date: String, requests: Int)?
  /// The configuration's path, for what people are told to type.
  let configuration: String
  /// By how many milliseconds the latest time in the ledger is ahead of this machine's clock, where that is worth a word.
  let ahead: Int64?
  /// When it was asked.
  let time: WallTime
  /// Whether it is asked about a feed that is known here.
  let isOfAFeed: Bool

  /// - Parameters:
  ///   - name: of the file that is asked for, or the first digits of its digest, or its feed.
  ///   - most: how many runs.
  ///   - feeds: those of the configuration over this ledger.
  init(
    _ ledger: Ledger, of name: String?, most: Int, feeds: [FeedSettings], configuration: String
  ) throws(LedgerError) {
    path = ledger.path
    environment = ledger.environment
    self.configuration = configuration
    time = .now
    ahead = ClockTrust.remarkable(ledger.latestTime.milliseconds - time.milliseconds)
    let file = name.map { String($0.split(separator: "/").last ?? "") }
    let status = StatusFile(ledger: ledger.path).read(now: time)
    now = file == nil || status?.file == file ? status : nil
    holder = status == nil ? ledger.holder : nil
    let known = try LedgerNeeds(ledger, feeds: feeds, now: time)
    needs = known.needs.filter { need in
      file.map { [need.name, need.feed, need.approval, need.digest].contains($0) } ?? true
    }
    unread = file == nil ? known.unread : 0
    untaken = known.untaken.filter { need in file.map { need.name == $0 } ?? true }
    looks = try ledger.dropLooks()
    day = try ledger.lastCountedDay()
    isOfAFeed = feeds.contains { $0.name == file }
    var runs: [Run] = []
    let shared = Set(try ledger.fileRunsInRanges().map(\.id))
    for run in try ledger.latestFileRuns(limit: file == nil ? most : 100_000) where runs.count < most {
      if let file, run.file.name != file, run.file.digest.short != file, run.feed != file { continue }
      let sharing =
        shared.contains(run.id)
        ? (holders: try ledger.rangeHolders(of: run.id, run.file.digest), left: try ledger.rangesLeft(of: run.id)) : nil
      let isBeingSent = status?.file == run.file.name || sharing?.holders.isEmpty == false
      runs.append(
        Run(
          run: run, check: try ledger.check(of: run.id),
          reason: try Self.reason(of: run, isBeingSent: isBeingSent, ledger),
          isTakenAway: known.goneHeld.contains(run.file.digest.short)
            ? true : try Self.isTakenAway(run, ledger), replacement: try Self.replacement(of: run, ledger),
          sharing: sharing))
    }
    self.runs = runs
  }

  /// Whether it has anything to say of what was asked for.
  var knowsIt: Bool { !runs.isEmpty || now != nil || !needs.isEmpty || !untaken.isEmpty || isOfAFeed }

  /// - Parameter isBeingSent: Then most rows that are unknown are in flight, and to read all rows for the others would keep
  ///   the ledger's log from being begun anew.
  private static func reason(of run: FileRun, isBeingSent: Bool, _ ledger: Ledger) throws(LedgerError) -> String? {
    if let held = try HeldFigures.words(of: run, in: ledger) { return held }
    guard run.rows.unresolved > 0, !isBeingSent, let unknown = try ledger.unknownReason(of: run.id) else { return nil }
    return "Of \(unknown.rows) unknown \(unknown.rows == 1 ? "row" : "rows"): \(unknown.words)"
  }

  private static func replacement(of run: FileRun, _ ledger: Ledger) throws(LedgerError) -> SHA256Digest? {
    guard run.isHeld else { return nil }
    return try ledger.fileRuns(named: run.file.name).last {
      $0.id.value > run.id.value && $0.feed == run.feed && $0.file.digest != run.file.digest
    }?.file.digest
  }

  private static func isTakenAway(_ run: FileRun, _ ledger: Ledger) throws(LedgerError) -> Bool {
    guard run.isHeld || !run.isFinished, let file = try ledger.latestDropFile(of: run.file.digest) else { return false }
    return file.endedAt != nil && [.held, .stopped].contains(file.verdict)
  }
}
