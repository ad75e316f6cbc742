import BillIntake
import BillLedger
import BillModel
import BillReports
import DurableFiles
import Hashing
import ReportPages
import SubmitPass

/// What a file run has come to, by the ledger: told, and written as its report.
extension FileSubmission {
  /// Writes the report of what the ledger holds. Where it can't be written, the fault says that nothing is lost by that.
  func report(
    _ id: FileRunID, _ check: FileCheck, _ sent: SubmitSummary, _ started: Stopwatch, rewrites: Bool,
    unmasked: Bool = false
  ) throws(RunFault) -> FileResult {
    do throws(RunFault) {
      return try result(id, check, sent, started, rewrites: rewrites, unmasked: unmasked)
    } catch {
      guard case .file(let fault) = error else { throw error }
      throw .report(fault)
    }
  }

  private func result(
    _ id: FileRunID, _ check: FileCheck, _ sent: SubmitSummary, _ started: Stopwatch, rewrites: Bool, unmasked: Bool
  ) throws(RunFault) -> FileResult {
    let fileRun = try attempt { () throws(LedgerError) in try ledger.fileRun(id) }
    let folder = folder(fileRun?.file.name ?? check.fileName, check)
    let report = rewrites ? try FileReport(check, in: folder, list: .outcomes) : nil
    if rewrites { teller.reporting(rows: check.recordsRead) }
    CrashPoint.pass(.reporting)
    let waiting = try report.flatMap { _ throws(RunFault) in try fileRun.map(openFiles(before:)) } ?? []
    let pass = try rows(of: id, check, report, waiting)
    var summary = try summary(fileRun, check, pass, sent, started, comparing: rewrites)
    summary.reportFolder = folder.path
    let stop = pass.change.map { SubmitStop.fileChanged(byteOffset: $0.byteOffset) } ?? sent.stop
    try judge(&summary, by: stop, sent, id, check, pass)
    let isTold = report != nil || settings.examples > 0
    let groups = isTold ? try groups(check, summary.findings, answers: pass.answerExamples) : []
    let mends = isTold ? try check.mends { interrupts() < 2 } : []
    if let report {
      var material = PageMaterial(groups, mends, facts: facts(check))
      (material.pace, material.earlierAmounts) = (sent.pace, earlierAmounts(summary))
      try report.finish(
        summary, material, receipt: receipt(fileRun, check, pass, summary)?.text(signedBy: settings.receiptKey))
      if unmasked { try writeUnmasked(check, summary, pass, in: folder) }
      if !ledger.isObserved { try keep(pass, of: fileRun, id, check, waiting, summary) }
    }
    var result = FileResult(summary: summary, groups: groups.map { $0.trimmed(to: settings.examples) }, stop: stop)
    if settings.examples > 0 { result.mends = mends }
    result.isMended = check.isMended
    return result
  }

  /// Reads the file beside the ledger, into the report's tables where one is written. Throws where the sums don't come out.
  private func rows(
    of id: FileRunID, _ check: FileCheck, _ report: FileReport?, _ waiting: [OpenFile]
  ) throws(RunFault) -> ReportPass {
    var pass = ReportPass(intake: intake, check: check, ledger: ledger, fileRun: id, report: report)
    pass.coming = coming(waiting, check)
    if givesUpReport { pass.isInterrupted = { [interrupts] in interrupts() > 0 } }
    try pass.run()
    CrashPoint.pass(.listed)
    guard pass.accounting.discrepancies.isEmpty else { throw .accounting(pass.accounting.discrepancies) }
    return pass
  }

  /// What the file run has come to. `comparing`: also with the file before it.
  private func summary(
    _ fileRun: FileRun?, _ check: FileCheck, _ pass: borrowing ReportPass, _ sent: SubmitSummary, _ started: Stopwatch,
    comparing: Bool
  ) throws(RunFault) -> Summary {
    var summary = check.summary(
      command: settings.command, accounting: pass.accounting, startedAt: fileRun?.startedAt ?? started.wallTime)
    summary.environment = environment
    summary.findings = pass.answerFindings.values.sorted { $0.isToldBefore($1) } + summary.findings
    (summary.feed, summary.amounts) = (settings.feed, pass.amounts)
    summary.requests = fileRun?.requests ?? RequestCounts()
    summary.seconds = started.seconds
    summary.clockSkew = sent.clockSkew
    if let fileRun {
      summary.guarding = try guardReport(fileRun)
      if comparing { summary.before = try comparison(fileRun, check) }
    }
    summary.canary = canary
    summary.rehearsal = rehearsal?()
    return summary
  }

  /// Says whether the file run must go on, and why.
  private func judge(
    _ summary: inout Summary, by stop: SubmitStop, _ sent: SubmitSummary, _ id: FileRunID, _ check: FileCheck,
    _ pass: borrowing ReportPass
  ) throws(RunFault) {
    let open = try attempt { () throws(LedgerError) in try ledger.openChanges(of: id) }
    let uncompared = open.count { $0.fields.isEmpty }
    let voided = pass.answerFindings[FindingCount.Kind(.correctVoidedNotRaised, .error)]?.count ?? 0
    guard
      let reason = stop.reason(
        accounting: pass.accounting, openParties: open.count - uncompared, uncompared: uncompared, voidedOnly: voided,
        scope: options.scope)
    else { return }
    let unknown = try attempt { () throws(LedgerError) in try ledger.unknownReason(of: id) }
    if case .canaryWaits = stop { summary.verdict = .held } else { summary.verdict = .stopped }
    let isRebuilt = stop == .finished && !options.scope.writes
    let last = isRebuilt ? try attempt { () throws(LedgerError) in try ledger.lastStop(of: check.digest) } : nil
    summary.reason =
      (last ?? reason) + (summary.verdict == .held ? otherApproval(check) : "")
      + (pass.change.map { Self.unread(from: $0.record) } ?? "")
      + [sent.unraised.words, sent.busy.words, sent.barred.words].compactMap { $0.map { " \($0)" } }.joined()
      + (unknown.map { " Of \($0.rows) unknown \($0.rows == 1 ? "row" : "rows"): \($0.words)." } ?? "")
      + (unknown == nil && stop == .finished ? lastTrouble(sent, pass.accounting) : "")
  }

  /// What kept the rows from being known that are still unknown.
  private func lastTrouble(_ sent: SubmitSummary, _ accounting: Accounting) -> String {
    if accounting.outcomes[.unknown] == nil { return "" }
    return sent.lastDoubt.map { "\(Self.lastTrouble)\($0)." } ?? ""
  }

  /// How the words begin, at the end of a reason, that say what the last trouble was: it may be another one at each try.
  package static let lastTrouble = " The last trouble: "

  private static func unread(from record: Int) -> String {
    " The records from \(record) on can't be read again: their lines and amounts are missing in this report."
  }

  /// The receipt of a file that is through.
  private func receipt(
    _ fileRun: FileRun?, _ check: FileCheck, _ pass: borrowing ReportPass, _ summary: Summary
  ) -> Receipt? {
    guard summary.verdict != .stopped, summary.verdict != .held, let fileRun else { return nil }
    return Receipt(fileRun, check, pass, settings.environment)
  }

  /// Keeps in the ledger what the report tells.
  private func keep(
    _ pass: borrowing ReportPass, of fileRun: FileRun?, _ id: FileRunID, _ check: FileCheck, _ waiting: [OpenFile],
    _ summary: Summary
  ) throws(RunFault) {
    let rows = pass.rowsToMend.rows
    try attempt { () throws(LedgerError) in try ledger.saveRowsToMend(rows, of: id, now: .now) }
    if let fileRun { try keep(pass.coming, repeats: pass.rowsToMend.repeats, of: waiting, with: fileRun, check) }
    try conclude(summary, of: id)
    try keepStop(summary, fileRun)
  }

  /// Keeps why a file isn't through that was submitted by name, for whoever asks later; of one that is through, nothing.
  func keepStop(_ summary: Summary, _ fileRun: FileRun?) throws(RunFault) {
    guard settings.occasion == .byName, let fileRun else { return }
    let isOpen = summary.verdict == .stopped || summary.verdict == .held
    var need = DropNeed(
      place: "", feed: fileRun.feed, name: fileRun.file.name, kind: summary.verdict == .held ? .held : .stopped,
      reason: summary.reason ?? "It is not through.", since: ledger.time(at: .now))
    (need.path, need.report, need.approval) = (path, summary.reportFolder, fileRun.file.digest.short)
    try attempt { () throws(LedgerError) in
      if isOpen { try ledger.keepStop(need) } else { try ledger.removeStop(of: fileRun.file.digest) }
    }
  }

  /// Keeps how far the file run has come by a report that is durable.
  private func conclude(_ summary: Summary, of id: FileRunID) throws(RunFault) {
    CrashPoint.pass(.written)
    let isOpen = summary.verdict == .stopped || summary.verdict == .held
    try attempt { () throws(LedgerError) in
      try ledger.setState(isOpen ? .sending : .reported, of: id, verdict: summary.verdict, now: .now)
      try ledger.mustBeInPlace()
    }
    CrashPoint.pass(.reported)
  }
}
