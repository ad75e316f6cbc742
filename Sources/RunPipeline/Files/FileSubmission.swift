package import BillIntake
import BillLayouts
package import BillLedger
import BillModel
import BillReports
import DurableFiles

/// Submits one file after the other through one ledger and one connection: check, send, report.
///
/// A file run's state in the ledger says how far it has come; the same call after a crash goes on there.
package final class FileSubmission {
  let intake: Intake
  let settings: SubmitSettings
  let options: SubmitOptions
  let ledger: Ledger
  let connection: SubmitConnection
  let clock: SubmitClock
  let interrupts: @Sendable () -> Int
  let checking: (IntakeProgress) -> Void
  let progress: (SubmitProgress) -> Void

  /// Opens the ledger; nothing is sent before `run`. A ledger that isn't there is made only for a submission.
  package init(
    intake: Intake, settings: SubmitSettings, options: SubmitOptions, connection: SubmitConnection,
    interrupts: @escaping @Sendable () -> Int, checking: @escaping (IntakeProgress) -> Void = { _ in },
    progress: @escaping (SubmitProgress) -> Void
  ) throws(RunFault) {
    self.intake = intake
    self.settings = settings
    self.options = options
    self.connection = connection
    self.interrupts = interrupts
    self.checking = checking
    self.progress = progress
    if options.scope != .all, !LedgerPath.holdsFile(settings.ledgerPath) { throw .noLedger(path: settings.ledgerPath) }
    do throws(LedgerError) {
      ledger = try Ledger(path: settings.ledgerPath, environment: settings.environment, now: .now)
    } catch {
      throw .ledger(error)
    }
    clock = SubmitClock()
  }

  /// The same over a ledger that is open, for a process that takes files of several kinds through it.
  package init(
    intake: Intake, settings: SubmitSettings, options: SubmitOptions, connection: SubmitConnection, ledger: Ledger,
    clock: SubmitClock, interrupts: @escaping @Sendable () -> Int, checking: @escaping (IntakeProgress) -> Void,
    progress: @escaping (SubmitProgress) -> Void
  ) {
    self.intake = intake
    self.settings = settings
    self.options = options
    self.connection = connection
    self.ledger = ledger
    self.clock = clock
    self.interrupts = interrupts
    self.checking = checking
    self.progress = progress
  }

  /// Takes one file through to its report.
  package func run(_ input: IntakeInput) throws(RunFault) -> FileResult {
    let started = Stopwatch()
    let check = try check(input)
    if interrupts() > 0 { return try interruptedResult(check, started) }
    if check.fileFinding != nil { return try rejectedResult(check, started) }
    let fileRun = try attempt { () throws(LedgerError) in
      try ledger.openFileRun(
        FileIdentity(digest: check.digest, name: check.fileName, byteCount: check.byteCount),
        layout: LayoutIdentity(
          digest: check.layout.digest, name: check.layout.name, duplicates: check.layout.duplicates.rawValue),
        references: check.layout.referenceRule, approval: settings.approval, now: .now)
    }
    CrashPoint.pass(.claimed)
    if fileRun.isFinished, !options.retriesRefused {
      return try finishedResult(fileRun, check, started)
    }
    try makeReportFolder(fileRun, check)
    let sent = try send(fileRun, check)
    CrashPoint.pass(.sent)
    return try report(fileRun.id, check, sent, started, rewrites: true)
  }

  func check(_ input: IntakeInput) throws(RunFault) -> FileCheck {
    do throws(IntakeError) {
      return try intake.check(
        input, temporaryFolder: settings.temporaryFolder,
        progress: { state in
          checking(state)
          return !state.isPointless && interrupts() == 0
        }, isCancelled: { [interrupts] in interrupts() > 0 })
    } catch {
      throw .intake(error)
    }
  }

  func send(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> SubmitSummary {
    let blockSize = 1 << 20
    try attempt { () throws(LedgerError) in
      try ledger.saveCheck(
        FileCheckRecord(
          blockSize: blockSize, blockDigests: check.blockDigests, recordsRead: check.recordsRead,
          valid: check.valid, invalid: check.invalid),
        of: fileRun.id, now: .now)
      try ledger.setState(.sending, of: fileRun.id, now: .now)
    }
    CrashPoint.pass(.checked)
    do throws(SubmitFault) {
      let run = try attemptSubmit { () throws(LedgerError) in
        try SubmitRun(
          fileRun, intake: intake, check: check, ledger: ledger, connection: connection,
          environment: settings.environment, options: options, clock: clock, interrupts: interrupts, progress: progress)
      }
      return try run.run()
    } catch {
      throw RunFault(error)
    }
  }

  /// Shows before anything is sent that the report can be written.
  func makeReportFolder(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) {
    do throws(FileError) {
      try folder(fileRun.file.name, check).makeWritable()
    } catch {
      throw .file(error)
    }
  }

  func folder(_ fileName: String, _ check: FileCheck) -> ReportFolder {
    ReportFolder(reports: settings.reports, fileName: fileName, digest: check.digest, command: "submit")
  }

  /// A file that an earlier run finished: its report stays as it is, or is written where it is missing.
  private func finishedResult(
    _ fileRun: FileRun, _ check: FileCheck, _ started: Stopwatch
  ) throws(RunFault) -> FileResult {
    let isReported = fileRun.state == .reported || fileRun.state == .answered || fileRun.state == .archived
    let folder = folder(fileRun.file.name, check)
    var result = try report(fileRun.id, check, .nothingSent, started, rewrites: !isReported || !folder.isComplete)
    result.wasDoneAlready = isReported
    return result
  }

  func report(
    _ id: FileRunID, _ check: FileCheck, _ sent: SubmitSummary, _ started: Stopwatch, rewrites: Bool
  ) throws(RunFault) -> FileResult {
    let fileRun = try attempt { () throws(LedgerError) in try ledger.fileRun(id) }
    let folder = folder(fileRun?.file.name ?? check.fileName, check)
    let report = rewrites ? try FileReport(check, in: folder, listsRows: true) : nil
    CrashPoint.pass(.reporting)
    var pass = ReportPass(
      intake: intake, check: check, differences: PartyDifferenceReader(ledger, id), report: report)
    var rows = LedgerRowReader(ledger, id)
    try pass.run(ledgerRows: &rows)
    CrashPoint.pass(.listed)
    guard pass.accounting.discrepancies.isEmpty else { throw .accounting(pass.accounting.discrepancies) }
    var summary = check.summary(
      command: "submit", accounting: pass.accounting, startedAt: fileRun?.startedAt ?? started.wallTime)
    summary.findings = (pass.answerFindings.values.sorted { $0.firstRecord < $1.firstRecord }) + summary.findings
    summary.requests = fileRun?.requests ?? RequestCounts()
    summary.seconds = started.seconds
    summary.reportFolder = folder.path
    summary.clockSkew = sent.clockSkew
    let stop = pass.change.map { SubmitStop.fileChanged(byteOffset: $0.byteOffset) } ?? sent.stop
    let open = try attempt { () throws(LedgerError) in try ledger.openChanges(of: id).count }
    if let reason = stop.reason(accounting: pass.accounting, openParties: open, scope: options.scope) {
      summary.verdict = .stopped
      summary.reason = reason + (pass.change.map { Self.unread(from: $0.record) } ?? "")
    }
    if let report {
      try report.finish(summary)
      CrashPoint.pass(.written)
      try attempt { () throws(LedgerError) in
        try ledger.setState(
          summary.verdict == .stopped ? .sending : .reported, of: id, verdict: summary.verdict, now: .now)
      }
      CrashPoint.pass(.reported)
    }
    let groups = try groups(check, summary.findings, answers: pass.answerExamples)
    var result = FileResult(summary: summary, groups: groups, stop: stop)
    if settings.examples > 0 { result.mends = try check.mends { interrupts() < 2 } }
    return result
  }

  private static func unread(from record: Int) -> String {
    " The records from \(record) on can't be read again: their lines and amounts are missing in this report."
  }

  /// A file of which nothing is sent, since it can't be used as a whole.
  private func rejectedResult(_ check: FileCheck, _ started: Stopwatch) throws(RunFault) -> FileResult {
    var summary = check.summary(
      command: "submit", accounting: check.unsentAccounting, startedAt: started.wallTime)
    let folder = folder(check.fileName, check)
    let report = try FileReport(check, in: folder, listsRows: false)
    var rows = UnsentReport(intake: intake, check: check, report: report)
    try rows.write()
    summary.seconds = started.seconds
    summary.reportFolder = folder.path
    try report.finish(summary)
    return FileResult(summary: summary, groups: try groups(check, summary.findings))
  }

  /// Told to end before anything was sent: nothing is written.
  private func interruptedResult(_ check: FileCheck, _ started: Stopwatch) throws(RunFault) -> FileResult {
    var summary = check.summary(
      command: "submit", accounting: check.unsentAccounting, startedAt: started.wallTime)
    summary.verdict = .stopped
    summary.reason = "Interrupted while the file was checked; nothing of it was sent by this run."
    summary.seconds = started.seconds
    return FileResult(summary: summary, groups: [], stop: .interrupted)
  }

  private func groups(
    _ check: FileCheck, _ counts: [FindingCount], answers: [Finding] = []
  ) throws(RunFault) -> [FindingGroup] {
    guard settings.examples > 0 else { return [] }
    return try check.groups(counts, answers: answers, most: settings.examples) { interrupts() < 2 }
  }

  func attempt<Value>(_ work: () throws(LedgerError) -> Value) throws(RunFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }

  private func attemptSubmit<Value>(_ work: () throws(LedgerError) -> Value) throws(SubmitFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }
}
