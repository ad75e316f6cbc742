import BillIntake
import BillLedger
import BillModel
import FileRuns
import Hashing

/// Files that are through but for rows that were rejected, refused or in conflict, and for which nothing has come: each
/// needs somebody, not only the last of its kind. The one place that says which; `status` and the pages tell them.
struct OpenRows {
  /// For so many days they are somebody's matter.
  private static let days = FileSubmission.daysOpen

  /// The latest first.
  private(set) var needs: [DropNeed] = []
  /// How many older files with such rows were not looked at: there are more than it looks at.
  private(set) var unread = 0
  private let ledger: Ledger

  /// - Parameter most: So many of the latest are looked at.
  init(_ ledger: Ledger, now: WallTime, most: Int = FileSubmission.mostOpenFiles) throws(LedgerError) {
    self.ledger = ledger
    let since = now.advanced(byMilliseconds: -Self.days * 86_400_000)
    let runs = try ledger.fileRunsWithOpenRows(since: since, limit: most)
    guard let oldest = runs.last else { return }
    if runs.count == most { unread = try ledger.countFileRunsWithOpenRows(since: since) - runs.count }
    let mended = try ledger.mendedFileRuns(after: oldest.id)
    var dropFiles: [SHA256Digest: DropFile] = [:]
    for file in try ledger.dropFilesWithOpenRows(since: since) {
      if let digest = file.digest { dropFiles[digest] = file }
    }
    for run in runs where try !isDone(run, mended) {
      needs.append(try need(run, dropFiles[run.file.digest]))
    }
  }

  /// Notes that nothing is left to do about the file of these digits; `nil` where it is none of these.
  func settle(_ digits: String, now: WallTime) throws(LedgerError) -> DropNeed? {
    guard let need = needs.first(where: { $0.approval == digits }),
      let run = try ledger.latestFileRun(short: digits)
    else { return nil }
    try ledger.noteRowsSettled(of: run.file.digest, now: now)
    return need
  }

  /// Whether each of its rows has come in another file, or somebody said that nothing is left to do. What to do about a row
  /// in conflict, no file tells. Of a file whose rows are too many to be kept, a mended one of its name must do.
  private func isDone(_ run: FileRun, _ mended: [FileRun]) throws(LedgerError) -> Bool {
    if try ledger.areRowsSettled(of: run.file.digest) { return true }
    if (run.rows.settled[.conflict] ?? 0) > 0 { return false }
    let rows = try ledger.rowsToMendAndCome(of: run.id)
    return rows.toMend > 0 ? rows.come == rows.toMend : try isMended(run, mended)
  }

  /// Whether a file has come that is named as its mended one. Where each night's file has the same name, a mended one is for
  /// the last that came before it.
  private func isMended(_ run: FileRun, _ mended: [FileRun]) throws(LedgerError) -> Bool {
    let name = run.file.name
    let named = mended.filter { later in
      later.feed == run.feed && later.id.value > run.id.value && SourceName(later.file.name).isMendedOne(of: name)
    }
    guard let first = named.first else { return false }
    return try ledger.nextFileRun(ofItsNameAfter: run).map { first.id.value < $0.id.value } ?? true
  }

  private func need(_ run: FileRun, _ file: DropFile?) throws(LedgerError) -> DropNeed {
    let check = try ledger.check(of: run.id)
    var rows = run.rows.settled
    let repeats = try ledger.repeatedRows(of: run.id)
    rows[.rejected, default: 0] += (check?.invalid ?? 0) - repeats
    let open = [RowOutcome.rejected, .refused, .conflict].filter { (rows[$0] ?? 0) > 0 }
    let count = open.reduce(0) { $0 + (rows[$1] ?? 0) }
    let parts = open.map { "\(MoneyText.count(rows[$0] ?? 0)) \($0.words)" }
    let total = check?.recordsRead ?? count
    let all = total == count ? "" : " of \(MoneyText.count(total))"
    let come = try ledger.rowsToMendAndCome(of: run.id).come - repeats
    var need = DropNeed(
      place: file?.place ?? "", feed: run.feed, name: run.file.name, kind: .rows,
      reason:
        "\(MoneyText.count(count))\(all) \(total == 1 ? "row" : "rows") \(count == 1 ? "is" : "are") "
        + "not through: \(parts.joined(separator: " + "))."
        + (come == 0 ? "" : " \(MoneyText.count(come)) of them \(come == 1 ? "has" : "have") come since."),
      since: run.startedAt)
    need.approval = run.file.digest.short
    need.report = file?.report
    need.conflicts = rows[.conflict] ?? 0
    need.refused = rows[.refused] ?? 0
    need.hasRowsToMend = count > need.conflicts
    return need
  }
}
