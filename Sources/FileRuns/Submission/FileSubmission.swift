package import BillIntake
import BillLayouts
package import BillLedger
import BillModel
package import BillReports
import DurableFiles
import Hashing
import ReportPages
package import SubmitPass
import Transport

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
  /// Where a plan's ledger is that knows nothing.
  private let scratch: ScratchFolder?
  /// What a rehearsal has seen, where this is one.
  package var rehearsal: (() -> RehearsalFigures?)?
  /// What the file's canary has become, where it had one.
  var canary: Canary?
  /// Whether an interrupt ends a report on its way: where it is all that is to be done.
  var givesUpReport = false
  let teller: StatusTeller
  /// Told in words what people should know meanwhile.
  package var notice: (String) -> Void = { _ in }
  /// Where the file lies that is submitted now; `nil` where that isn't known.
  private(set) var path: String?

  /// What became of the changes of the file that was struck off; `nil` where it has none.
  package internal(set) var struckChanges: StruckChanges?

  /// Opens the ledger; nothing is sent before `run`. A ledger that isn't there is made only for a submission.
  package init(
    intake: Intake, settings: SubmitSettings, options: SubmitOptions, connection: SubmitConnection,
    interrupts: @escaping @Sendable () -> Int, checking: @escaping (IntakeProgress) -> Void = { _ in },
    progress: @escaping (SubmitProgress) -> Void
  ) throws(RunFault) {
    self.intake = intake
    self.settings = settings
    var options = options
    options.plan = settings.plan?.rows
    // Nothing waits in the client that a row which strays from the plan would have to call back.
    if options.plan != nil { (options.lookAhead, options.mostAhead) = (0, 0) }
    self.options = options
    self.connection = connection
    self.interrupts = interrupts
    teller = StatusTeller(ledger: settings.ledgerPath)
    self.checking = teller.passing(checking)
    self.progress = teller.passing(progress)
    let isThere: Bool
    do throws(LedgerError) { isThere = try Ledger.isThere(at: settings.ledgerPath) } catch { throw .ledger(error) }
    if !isThere, !options.scope.hasNewRows { throw .noLedger(path: settings.ledgerPath) }
    do throws(FileError) {
      scratch =
        options.scope == .plan && !isThere ? try ScratchFolder(in: settings.temporaryFolder, name: "plan") : nil
    } catch {
      throw .file(error)
    }
    do throws(LedgerError) {
      let path = scratch.map { $0.path + "/ledger.sqlite" } ?? settings.ledgerPath
      ledger = try Self.open(path, settings.environment, options.scope)
    } catch {
      throw .ledger(error)
    }
    clock = SubmitClock().shared(ledger)
    connection.share(ledger)
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
    self.clock = clock.shared(ledger)
    self.interrupts = interrupts
    scratch = nil
    connection.share(ledger)
    teller = StatusTeller(ledger: settings.ledgerPath)
    self.checking = teller.passing(checking)
    self.progress = teller.passing(progress)
  }

  /// A ledger that can't be written is looked at, where that is all that is to be done.
  private static func open(
    _ path: String, _ environment: EnvironmentStamp, _ scope: SubmitScope
  ) throws(LedgerError) -> Ledger {
    do throws(LedgerError) { return try Ledger(path: path, environment: environment, now: .now) } catch {
      guard case .readOnly = error, !scope.writes else { throw error }
      let ledger = try Ledger(observing: path)
      guard ledger.environment == environment else {
        throw .otherEnvironment(path: path, recorded: ledger.environment, wanted: environment)
      }
      return ledger
    }
  }

  /// Where the ledger is.
  package var ledgerPath: String { ledger.path }

  /// Takes one file through to its report.
  package func run(_ input: IntakeInput) throws(RunFault) -> FileResult {
    let started = Stopwatch()
    teller.begin(input)
    defer { teller.end() }
    path = input.wholePath
    let check = try check(input)
    if interrupts() > 0 { return interruptedResult(check, started) }
    if check.fileFinding != nil {
      return try holding(.file(check.digest)) { () throws(RunFault) in try unusableResult(check, started) }
    }
    try strikeOffOther(than: check)
    if mayBeShared(check) { return try runShared(check, started) }
    return try holding(.file(check.digest)) { () throws(RunFault) in try run(check, started) }
  }

  /// Takes a checked file through, which no other process has; others may send rows of it.
  func run(_ check: FileCheck, _ started: Stopwatch) throws(RunFault) -> FileResult {
    do throws(PlanFault) { try settings.plan?.mustFit(check, settings.environment) } catch { throw .plan(error) }
    let kinds = try survey(check)
    if options.updatesParties, check.layout.rules.negativeBills == .balance { throw .updatesWhileAdding }
    let voids = (kinds.rows[.void] ?? 0) + (kinds.rows[.correct] ?? 0)
    if voids > 0, !settings.confirmsVoid, !check.layout.confirmsVoid {
      throw .unconfirmedVoid(bills: voids)
    }
    guard kinds.onlyRaises, !options.updatesParties, check.layout.rules.negativeBills != .balance else {
      return try holding(.changes) { () throws(RunFault) in try run(check, kinds, started) }
    }
    return try run(check, kinds, started)
  }

  private func run(_ check: FileCheck, _ kinds: KindSurvey, _ started: Stopwatch) throws(RunFault) -> FileResult {
    var order = check.order
    order.setsBalances = kinds.setsBalances
    let fileRun = try attempt { () throws(LedgerError) in
      try ledger.openFileRun(
        FileIdentity(digest: check.digest, name: check.fileName, byteCount: check.byteCount),
        layout: LayoutIdentity(check.layout),
        feed: settings.feed, references: check.layout.referenceRule, order: order, approval: settings.approval,
        now: .now)
    }
    CrashPoint.pass(.claimed)
    if fileRun.isFinished, !options.retriesRefused { return try finishedResult(fileRun, check, started) }
    if options.retriesRefused { try mustNotBeMended(fileRun) }
    try makeReportFolder(fileRun, check)
    if let result = try guarded(fileRun, check, started) { return result }
    canary = nil
    let sent = try sendAll(fileRun, check)
    CrashPoint.pass(.sent)
    return try report(fileRun.id, check, sent, started, rewrites: !sent.isLeftToOthers)
  }

  private func sendAll(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> SubmitSummary {
    if try !endRanges(fileRun, check) {
      guard mayBeShared(check) else { throw try isSentByOthers(fileRun, check) }
      return try sendInRanges(fileRun, check)
    }
    if let canary = settings.canary { return try send(fileRun, check, canary: canary) }
    return try send(fileRun, check)
  }

  private func survey(_ check: FileCheck) throws(RunFault) -> KindSurvey {
    do throws(IntakeError) { return try KindSurvey(intake, check) } catch { throw .intake(error) }
  }

  /// With which the work on each file begins, and so over a connection that sends: a file before it may have ended the
  /// last one.
  func check(_ input: IntakeInput) throws(RunFault) -> FileCheck {
    do throws(HTTPClientError) { try connection.renew() } catch { throw .client(error) }
    return try knowingMends(check(input, by: intake), input)
  }

  func check(_ input: IntakeInput, by intake: Intake) throws(RunFault) -> FileCheck {
    defer { SpareMemory.giveBack() }
    var intake = intake
    if options.scope.hasNewRows { intake.options.today = clock.civil(clock.wall()).date }
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
    try begin(fileRun, check)
    return try sendRows(fileRun, check)
  }

  /// Keeps what the check found, before the first row goes.
  func begin(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) {
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
  }

  /// - Parameter share: What this process has of the file, where several send it together.
  func submit(
    _ fileRun: FileRun, _ check: FileCheck, _ options: SubmitOptions, share: FileShare? = nil
  ) throws(RunFault) -> SubmitSummary {
    do throws(SubmitFault) {
      let run = try attemptSubmit { () throws(LedgerError) in
        try SubmitRun(
          fileRun, intake: intake, check: check, ledger: ledger, connection: connection,
          environment: settings.environment, options: options, clock: clock, share: share, interrupts: interrupts,
          progress: progress)
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
      throw .noReports(error)
    }
  }

  /// A file that an earlier run finished: its report stays as it is, or is written where it is missing.
  func finishedResult(
    _ fileRun: FileRun, _ check: FileCheck, _ started: Stopwatch
  ) throws(RunFault) -> FileResult {
    let isReported = fileRun.state == .reported || fileRun.state == .answered || fileRun.state == .archived
    let folder = folder(fileRun.file.name, check)
    var result = try report(
      fileRun.id, check, .nothingSent, started, rewrites: !isReported || !folder.isComplete || !folder.hasReceipt)
    result.wasDoneAlready = isReported
    if isReported { result.summary.doneBefore = fileRun.doneBefore }
    if isReported, settings.struckOff == check.digest.short {
      try attempt { () throws(LedgerError) in try ledger.noteRowsSettled(of: check.digest, now: .now) }
    }
    return result
  }

  /// Told to end before anything was sent: nothing is written. What earlier runs, or others, have sent of the file isn't
  /// known here, nor more of its rows than were read: nothing is said of them.
  func interruptedResult(_ check: FileCheck, _ started: Stopwatch) -> FileResult {
    var summary = check.summary(
      command: settings.command, accounting: Accounting(recordsRead: 0, moneyRead: [:]), startedAt: started.wallTime)
    (summary.recordsValid, summary.recordsInvalid) = (0, 0)
    if check.stoppedEarly { summary.digest = nil }
    summary.verdict = .stopped
    summary.reason = "Interrupted while the file was checked; nothing of it was sent by this run."
    summary.seconds = started.seconds
    return FileResult(summary: summary, groups: [], stop: .interrupted)
  }

  func groups(
    _ check: FileCheck, _ counts: [FindingCount], answers: [Finding] = []
  ) throws(RunFault) -> [FindingGroup] {
    try check.groups(counts, answers: answers, most: max(settings.examples, FindingGroup.shownOnPage)) {
      interrupts() < 2
    }
  }

  func attempt<Value>(_ work: () throws(LedgerError) -> Value) throws(RunFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }

  private func attemptSubmit<Value>(_ work: () throws(LedgerError) -> Value) throws(SubmitFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }
}
