import BillIntake
import BillLedger
import BillModel
import BillReports
import Hashing
import ReportPages
import SubmitPass

/// Guarding: a file that is far from the history of its feed is held before anything of it is sent.
extension FileSubmission {
  /// Looks at a file of which nothing was sent yet; the result where it goes no further now, else `nil`.
  ///
  /// Rows mended after an earlier report are no night's file: they are neither judged nor history.
  func guarded(
    _ fileRun: FileRun, _ check: FileCheck, _ started: Stopwatch
  ) throws(RunFault) -> FileResult? {
    guard settings.guardMode != .off, fileRun.isFresh, !check.isMended else { return nil }
    guard !isApproved(fileRun) || !fileRun.isHeld else {
      try release(fileRun, approval: settings.approval)
      return nil
    }
    var survey = FileSurvey(ledger, fileRun.id)
    guard try survey.run(intake, check, isCancelled: { interrupts() > 0 }) else {
      return interruptedResult(check, started)
    }
    try attempt { () throws(LedgerError) in
      try ledger.saveFigures(survey.figures, of: fileRun.id, now: .now)
    }
    let isFar = try guardReport(fileRun)?.far.isEmpty == false
    guard isFar, settings.guardMode == .hold, !isApproved(fileRun) else {
      try release(fileRun, approval: isFar && isApproved(fileRun) ? settings.approval : nil)
      return nil
    }
    return try heldResult(fileRun, check, started)
  }

  /// The file's figures against the history of its feed; `nil` where nobody looked at it before it was sent.
  func guardReport(_ fileRun: FileRun) throws(RunFault) -> GuardReport? {
    let bounds = settings.guardBounds
    return try attempt { () throws(LedgerError) in
      guard settings.guardMode != .off, let figures = try ledger.figures(of: fileRun.id) else { return nil }
      let history = try ledger.history(before: fileRun, limit: bounds.files)
      return HistoryGuard(bounds).judge(figures, feed: fileRun.feed, history: history)
    }
  }

  /// Whether the run was told to let this file through. What let it come under another layout counts for that alone.
  private func isApproved(_ fileRun: FileRun) -> Bool {
    settings.approval == fileRun.file.digest.short && (fileRun.isHeld || fileRun.approval == nil)
  }

  /// Says that what was approved is another file; empty where nothing was. A run's approval is meant for one of the files
  /// that it meets, and no other file has to do with it.
  func otherApproval(_ check: FileCheck) -> String {
    guard settings.occasion != .run, let approval = settings.approval, approval != check.digest.short else { return "" }
    return " \(approval), which was approved, is another file."
  }

  private func release(_ fileRun: FileRun, approval: String?) throws(RunFault) {
    try attempt { () throws(LedgerError) in try ledger.release(fileRun, approval: approval, now: .now) }
  }

  /// A file of which nothing is sent before somebody approves it.
  private func heldResult(
    _ fileRun: FileRun, _ check: FileCheck, _ started: Stopwatch
  ) throws(RunFault) -> FileResult {
    let folder = folder(fileRun.file.name, check)
    var summary = check.summary(
      command: "submit", accounting: check.unsentAccounting, startedAt: fileRun.startedAt)
    let report = try FileReport(check, in: folder, list: .none)
    var rows = UnsentReport(intake: intake, check: check, report: report)
    try rows.write()
    summary.verdict = .held
    (summary.environment, summary.feed) = (environment, settings.feed)
    summary.guarding = try guardReport(fileRun)
    summary.before = try comparison(fileRun, check)
    summary.reason =
      "This file is \(summary.guarding?.words ?? ""). If it is right all the same, the same command with "
      + "--approve \(check.digest.short) sends it." + otherApproval(check)
    summary.seconds = started.seconds
    summary.reportFolder = folder.path
    let groups = try groups(check, summary.findings)
    try report.finish(summary, PageMaterial(groups, [], facts: facts(check)))
    try attempt { () throws(LedgerError) in
      try ledger.setState(fileRun.state, of: fileRun.id, verdict: .held, now: .now)
    }
    try keepStop(summary, fileRun)
    return FileResult(summary: summary, groups: groups.map { $0.trimmed(to: settings.examples) })
  }
}
