import BillLedger
import BillModel
import FileRuns
import Hashing

/// Files that aren't through: those that were submitted by name, and those of drops whose pass ended before it could say
/// so. Each needs somebody. The one place that says which; `status` and the pages tell them.
struct StoppedFiles {
  /// The latest first.
  private(set) var needs: [DropNeed] = []

  /// - Parameters:
  ///   - kept: What the ledger keeps of needs: why each stopped among it.
  ///   - told: What is told already.
  init(_ ledger: Ledger, kept: [DropNeed], told: [DropNeed], now: WallTime) throws(LedgerError) {
    let since = now.advanced(byMilliseconds: -FileSubmission.daysOpen * 86_400_000)
    let underWay = StatusFile(ledger: ledger.path).read(now: now)?.file
    let shared = Set(try ledger.fileRunsInRanges().map(\.id))
    for run in try ledger.openFileRuns(since: since, limit: FileSubmission.mostOpenFiles) {
      if run.isFinished && run.verdict != nil || run.file.name == underWay || shared.contains(run.id) { continue }
      if try ledger.isOfDrop(run) { continue }
      if run.isHeld, try Self.isReplaced(run, ledger) { continue }
      needs.append(try Self.need(run, kept.first { $0.isKeptStop && $0.approval == run.file.digest.short }, ledger))
    }
    let left = try ledger.openDropFiles(since: since).filter { file in
      // One that was held is a pass's again, once it is let through.
      file.verdict != .held && !told.contains { $0.kind == .held && $0.isOf(file) }
        && !kept.contains { [.stopped, .fault].contains($0.kind) && $0.isOf(file) }
    }
    if left.isEmpty { return }
    if try ledger.isAtWork() { return }
    for file in left { needs.append(try Self.need(file, ledger)) }
  }

  /// Of a file that a pass had claimed, and that no process is at.
  private static func need(_ file: DropFile, _ ledger: Ledger) throws(LedgerError) -> DropNeed {
    let run =
      if let digest = file.digest { try ledger.fileRuns(of: digest).last } else {
        try ledger.fileRuns(named: file.name).last { $0.feed == file.feed && $0.startedAt >= file.claimedAt }
      }
    var need = DropNeed(
      place: file.place, feed: file.feed, name: file.name, kind: .stopped, reason: try reason(of: file, run, ledger),
      since: file.claimedAt)
    need.digest = file.digest?.short ?? run?.file.digest.short
    (need.sortKey, need.report) = (file.sortKey, file.report)
    return need
  }

  private static func reason(of file: DropFile, _ run: FileRun?, _ ledger: Ledger) throws(LedgerError) -> String {
    switch file.verdict {
    case nil:
      guard let run else { return "Its run ended before the file was checked." }
      return try rest(of: run, ledger)
    case .stopped: return file.reason ?? "Its run ended before it could say why."
    case .held, .complete, .completeWithRejects, .duplicate, .fileRejected, .missing:
      return "Its run ended before the file was answered and put away."
    }
  }

  /// Whether another file of its name has come since: nobody waits for a held one then.
  private static func isReplaced(_ run: FileRun, _ ledger: Ledger) throws(LedgerError) -> Bool {
    try ledger.nextFileRun(ofItsNameAfter: run) != nil
  }

  private static func need(_ run: FileRun, _ kept: DropNeed?, _ ledger: Ledger) throws(LedgerError) -> DropNeed {
    var reason = kept?.reason
    if let figures = try HeldFigures.words(of: run, in: ledger) {
      reason = "It is far from the last files of its feed: \(figures)."
    }
    let isUntold = reason == nil && !run.isHeld && !run.isFinished
    if reason == nil { reason = try rest(of: run, ledger) }
    var need = DropNeed(
      place: "", feed: run.feed, name: run.file.name, kind: run.isHeld ? .held : .stopped, reason: reason ?? "",
      since: run.startedAt)
    need.digest = run.file.digest.short
    if run.isHeld { need.approval = run.file.digest.short }
    (need.path, need.report, need.isUntold) = (kept?.path, kept?.report, isUntold)
    return need
  }

  /// What is left, where no run has said why.
  private static func rest(of run: FileRun, _ ledger: Ledger) throws(LedgerError) -> String {
    if run.isHeld { return "It waits to be let through; nothing more of it is sent before." }
    if run.isFinished { return "Its rows are through, and its run ended before its report was written." }
    guard let check = try ledger.check(of: run.id) else { return "Its run ended before the file was checked." }
    let left = check.valid - run.rows.settled.values.reduce(0, +)
    if left <= 0, run.hasOpenChanges {
      return "Its rows are through; what became of its changes of customers and accounts is not known yet."
    }
    return "Its run ended before it could say why: \(MoneyText.count(max(0, left))) of "
      + "\(MoneyText.count(check.recordsRead)) \(check.recordsRead == 1 ? "row" : "rows") left."
  }
}

extension DropNeed {
  fileprivate func isOf(_ file: DropFile) -> Bool { place == file.place && name == file.name }
}
