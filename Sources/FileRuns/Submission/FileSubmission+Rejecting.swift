import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import Hashing
import ReportPages
import SubmitPass

/// A file that can't be used as a whole: nothing of it is sent. One that the ledger doesn't know is rejected, and nothing of
/// its rows is in there; one that a run has taken before is left as that run told it.
extension FileSubmission {
  func unusableResult(_ check: FileCheck, _ started: Stopwatch) throws(RunFault) -> FileResult {
    try mustNotBeTaken(check)
    return try rejectedResult(check, started)
  }

  /// Sees that no run has taken a file that can't be used as a whole: by this layout, which has read the same bytes then, or
  /// by another one, as far as something of it may have been sent.
  func mustNotBeTaken(_ check: FileCheck) throws(RunFault) {
    guard let finding = check.fileFinding else { return }
    let offered = LayoutIdentity(check.layout)
    let runs = try attempt { () throws(LedgerError) in try ledger.fileRuns(of: check.digest) }
    guard let run = runs.last(where: { offered.has($0.layout.digest) }) ?? runs.last(where: { !$0.isFresh }) else {
      return
    }
    throw .unreadableNow(UnreadableFile(run, offered, finding))
  }

  /// Writes its report.
  private func rejectedResult(_ check: FileCheck, _ started: Stopwatch) throws(RunFault) -> FileResult {
    var summary = check.summary(
      command: settings.command, accounting: check.unsentAccounting, startedAt: started.wallTime)
    summary.environment = environment
    summary.feed = settings.feed
    let folder = folder(check.fileName, check)
    let report = try FileReport(check, in: folder, list: .none)
    var rows = UnsentReport(intake: intake, check: check, report: report)
    try rows.write()
    summary.seconds = started.seconds
    summary.reportFolder = folder.path
    let groups = try groups(check, summary.findings)
    try report.finish(summary, PageMaterial(groups, [], facts: facts(check)))
    try keepNeed(check, report: folder.path)
    return FileResult(summary: summary, groups: groups.map { $0.trimmed(to: settings.examples) })
  }

  /// Keeps for whoever asks later that the file needs somebody, where it was submitted by name, unless somebody says that
  /// nothing is left to do about it.
  private func keepNeed(_ check: FileCheck, report: String) throws(RunFault) {
    guard settings.occasion == .byName else { return }
    var need = DropNeed(
      place: "", feed: settings.feed ?? check.layout.name, name: check.fileName, kind: .rejected,
      reason: check.fileFinding.map { "\($0.message) " } ?? "", since: ledger.time(at: .now))
    need.reason += "The file as a whole can't be used; nothing of it was sent."
    (need.path, need.report, need.approval) = (path, report, check.digest.short)
    try attempt { () throws(LedgerError) in
      try ledger.keepRejected(need)
      if settings.struckOff == check.digest.short { try ledger.noteSettled(check.digest.short, now: .now) }
    }
  }
}
