import BillLedger
import BillModel
import FileRuns
import Hashing

/// Files that were submitted by name and aren't through: each needs somebody. The one place that says which; `status` and
/// the pages tell them.
struct StoppedFiles {
  /// The latest first.
  private(set) var needs: [DropNeed] = []

  /// - Parameter kept: What the ledger keeps of needs: why each stopped among it.
  init(_ ledger: Ledger, kept: [DropNeed], now: WallTime) throws(LedgerError) {
    let since = now.advanced(byMilliseconds: -FileSubmission.daysOpen * 86_400_000)
    let underWay = StatusFile(ledger: ledger.path).read(now: now)?.file
    let shared = Set(try ledger.fileRunsInRanges().map(\.id))
    for run in try ledger.openFileRuns(since: since, limit: FileSubmission.mostOpenFiles) {
      if run.isFinished && run.verdict != nil || run.file.name == underWay || shared.contains(run.id) { continue }
      if try ledger.isOfDrop(run) { continue }
      if run.isHeld, try Self.isReplaced(run, ledger) { continue }
      needs.append(try Self.need(run, kept.first { $0.isKeptStop && $0.approval == run.file.digest.short }, ledger))
    }
  }

  /// Whether another file of its name has come since: nobody waits for a held one then.
  private static func isReplaced(_ run: FileRun, _ ledger: Ledger) throws(LedgerError) -> Bool {
    try ledger.fileRuns(named: run.file.name).contains {
      $0.id.value > run.id.value && $0.feed == run.feed && $0.file.digest != run.file.digest
    }
  }

  private static func need(_ run: FileRun, _ kept: DropNeed?, _ ledger: Ledger) throws(LedgerError) -> DropNeed {
    var reason = kept?.reason
    if let figures = try HeldFigures.words(of: run, in: ledger) {
      reason = "It is far from the last files of its feed: \(figures)."
    }
    if reason == nil { reason = try rest(of: run, ledger) }
    var need = DropNeed(
      place: "", feed: run.feed, name: run.file.name, kind: run.isHeld ? .held : .stopped, reason: reason ?? "",
      since: run.startedAt)
    need.digest = run.file.digest.short
    if run.isHeld { need.approval = run.file.digest.short }
    (need.path, need.report) = (kept?.path, kept?.report)
    return need
  }

  /// What is left, where no run has said why.
  private static func rest(of run: FileRun, _ ledger: Ledger) throws(LedgerError) -> String {
    if run.isHeld { return "It waits to be let through; nothing more of it is sent before." }
    if run.isFinished { return "Its rows are through, and its run ended before its report was written." }
    guard let check = try ledger.check(of: run.id) else { return "Its run ended before the file was checked." }
    let left = check.valid - run.rows.settled.values.reduce(0, +)
    return "Its run ended before it could say why: \(MoneyText.count(max(0, left))) of "
      + "\(MoneyText.count(check.recordsRead)) \(check.recordsRead == 1 ? "row" : "rows") left."
  }
}
