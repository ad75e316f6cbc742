package import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import DurableFiles
import SubmitPass

/// Planning: finds out what submitting a file would do, and does nothing.
extension FileSubmission {
  /// What a submission of this file would do, row by row: from the ledger, and from the API for what that doesn't know.
  /// Writes nothing there.
  ///
  /// - Parameter reports: the folder of all reports; `nil` writes none, and no plan to go by.
  package func plan(_ input: IntakeInput, reports: String?) throws(RunFault) -> FileResult {
    let started = Stopwatch()
    let check = try check(input)
    if interrupts() > 0 { return stoppedPlan(check, started, SubmitStop.interrupted) }
    try mustNotBeTaken(check)
    if check.fileFinding != nil { return try rejectedPlan(check, started, reports) }
    let fileRun = try foreseenRun(check)
    let (sent, foresight, rate) = try foresee(fileRun, check)
    guard sent.stop == .finished, foresight.unasked == 0 else {
      return stoppedPlan(check, started, sent.stop, unasked: foresight)
    }
    return try reportPlan(check, fileRun, foresight, rate, started, reports)
  }

  /// The file run that a submission would take up or begin.
  private func foreseenRun(_ check: FileCheck) throws(RunFault) -> FileRun {
    let file = FileIdentity(digest: check.digest, name: check.fileName, byteCount: check.byteCount)
    let layout = LayoutIdentity(check.layout)
    return try attempt { () throws(LedgerError) in
      try ledger.fileRun(
        of: file, layout: layout, references: check.layout.referenceRule, approval: settings.approval)
    } ?? FileRun(unbegun: file, layout: layout, now: .now)
  }

  /// Asks what is to be asked. What our rules reject, and what an earlier run settled, is foreseen too.
  private func foresee(
    _ fileRun: FileRun, _ check: FileCheck
  ) throws(RunFault) -> (SubmitSummary, Foresight, rate: Double) {
    do throws(SubmitFault) {
      let run: SubmitRun
      do throws(LedgerError) {
        run = try SubmitRun(
          fileRun, intake: intake, check: check, ledger: ledger, connection: connection,
          environment: settings.environment, options: options, interrupts: interrupts, progress: progress)
      } catch { throw SubmitFault.ledger(error) }
      do throws(IntakeError) { run.foreseenBills = try ForeseenBills(intake, check) } catch {
        throw SubmitFault.intake(error)
      }
      let sent = try run.run()
      var foresight = run.foresight
      foresight.asked = run.tally.questions
      if sent.stop == .finished, foresight.unasked == 0 {
        var states = LedgerRowReader(ledger, fileRun.id)
        do throws(LedgerError) {
          try foresight.complete(isRejected: { check.isRejected(record: $0) }) { (record) throws(LedgerError) in
            if case .settled = try states.state(of: record) { return true }
            return false
          }
        } catch { throw SubmitFault.ledger(error) }
      }
      return (sent, foresight, connection.pacer.rate)
    } catch {
      throw RunFault(error)
    }
  }

  private func reportPlan(
    _ check: FileCheck, _ fileRun: FileRun, _ foresight: Foresight, _ rate: Double, _ started: Stopwatch,
    _ reports: String?
  ) throws(RunFault) -> FileResult {
    let report = try reports.map { (reports) throws(RunFault) in
      try FileReport(check, in: planFolder(reports, check), list: .plan)
    }
    var pass = ReportPass(
      intake: intake, check: check, ledger: ledger, fileRun: fileRun.id, foresight: foresight, report: report)
    try pass.run()
    if let change = pass.change {
      return stoppedPlan(check, started, .fileChanged(byteOffset: change.byteOffset))
    }
    guard pass.accounting.discrepancies.isEmpty else { throw .accounting(pass.accounting.discrepancies) }
    var summary = check.summary(command: "plan", accounting: pass.accounting, startedAt: started.wallTime)
    summary.findings = (pass.answerFindings.values.sorted { $0.isToldBefore($1) }) + summary.findings
    summary.plan = foresight.figures(rate: rate)
    if let unsent = pass.accounting.outcomes[.notSent], unsent > 0 {
      summary.verdict = .stopped
      summary.reason =
        "\(unsent) \(unsent == 1 ? "row" : "rows") would not be sent: the fate of other rows isn't known. Settle those "
        + "first (billdrop settle)."
    }
    summary.seconds = started.seconds
    if let report {
      summary.reportFolder = report.folder.path
      try report.finish(
        summary, plan: PlanFile.text(check, settings.environment, foresight, summary, madeAt: started.wallTime))
    }
    let groups = try groups(check, summary.findings, answers: pass.answerExamples)
    var result = FileResult(summary: summary, groups: groups, stop: .finished)
    result.wasDoneAlready = fileRun.isFinished
    if fileRun.isFinished { result.summary.doneBefore = fileRun.doneBefore }
    if settings.examples > 0 { result.mends = try check.mends { interrupts() < 2 } }
    return result
  }

  private func planFolder(_ reports: String, _ check: FileCheck) -> ReportFolder {
    ReportFolder(reports: reports, fileName: check.fileName, digest: check.digest, command: "plan")
  }

  /// A file that can't be used as a whole: nothing of it would be sent.
  private func rejectedPlan(
    _ check: FileCheck, _ started: Stopwatch, _ reports: String?
  ) throws(RunFault) -> FileResult {
    var summary = check.summary(command: "plan", accounting: check.unsentAccounting, startedAt: started.wallTime)
    if let reports {
      let report = try FileReport(check, in: planFolder(reports, check), list: .none)
      var rows = UnsentReport(intake: intake, check: check, report: report)
      try rows.write()
      summary.seconds = started.seconds
      summary.reportFolder = report.folder.path
      try report.finish(summary)
    }
    return FileResult(summary: summary, groups: try groups(check, summary.findings))
  }

  /// A plan that didn't come about: nothing of it is written.
  private func stoppedPlan(
    _ check: FileCheck, _ started: Stopwatch, _ stop: SubmitStop, unasked foresight: Foresight? = nil
  ) -> FileResult {
    var summary = check.summary(command: "plan", accounting: check.unsentAccounting, startedAt: started.wallTime)
    summary.verdict = .stopped
    summary.seconds = started.seconds
    switch stop {
    case .finished:
      let rows = foresight?.unasked ?? 0
      summary.reason =
        "Of \(rows) \(rows == 1 ? "row" : "rows") nothing could be found out: \(foresight?.trouble ?? "no answer"). "
        + "Run the same command again."
    case .interrupted: summary.reason = "Interrupted while the plan was made: there is none."
    default: summary.reason = stop.reason
    }
    return FileResult(summary: summary, groups: [], stop: stop)
  }
}

extension Foresight {
  /// Fills in what no run asks about: rows that our rules reject, and rows that an earlier run has settled.
  mutating func complete<Fault>(
    isRejected: (Int) -> Bool, isSettled: (Int) throws(Fault) -> Bool
  ) throws(Fault) {
    for record in 0..<rows.recordCount where rows[record + 1] == nil {
      if isRejected(record + 1) {
        fill(record + 1, .rejected)
      } else if try isSettled(record + 1) {
        fill(record + 1, .settled)
      }
    }
  }

  func figures(rate: Double) -> PlanFigures {
    var figures = PlanFigures(
      rows: rows.counts, creations: creations, questions: questions, customers: customers, accounts: accounts,
      asked: asked, rate: rate)
    (figures.changes, figures.voidedMoney, figures.correctedMoney) = (changes, voidedMoney, correctedMoney)
    return figures
  }
}
