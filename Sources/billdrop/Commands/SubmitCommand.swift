import BillIntake
import BillLedger
import BillModel
import BillPlanning
import BillReports
import FileRuns
import Hashing
import RunConfiguration
import SchemaRules
import SubmitPass
import Transport

/// `billdrop submit`.
enum SubmitCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    var answers: [FileAnswer] = []
    var ledger: String?
    var struckChanges: StruckChanges?
    let terms: SubmitTerms
    do throws(RunFault) { terms = try SubmitTerms(invocation) } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
    let times: TimeLimits
    do throws(UsageError) {
      times = try TimeLimits(invocation, terms.account)
      if invocation.has("--plan"), invocation.operands.count > 1 {
        throw UsageError(message: "--plan is for one FILE.", hint: "A plan is made for one file: submit one by one.")
      }
    } catch {
      Console.message("billdrop: \(error.message)\n  \(error.hint)")
      return .usage
    }
    do throws(RunFault) {
      let line = ProgressLine(isJSON: invocation.has("--progress"))
      let submission = try open(invocation, terms, times, CheckingLine(isJSON: invocation.has("--progress")), line)
      defer { line.end() }
      ledger = submission.ledgerPath
      for file in invocation.operands {
        let answer = submit(file, terms, submission)
        answers.append(answer)
        if answer.endsRun { break }
      }
      struckChanges = submission.struckChanges
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
    let isStruckOff = tellStruckOff(invocation.shortDigest("--strike-off"), struckChanges, answers)
    ReportIndex.renew(after: answers, in: terms.reports, ledger: ledger)
    let rest = invocation.operands.dropFirst(answers.count)
    if !rest.isEmpty { Console.message("billdrop: not begun: \(rest.joined(separator: ", "))") }
    let status = FileAnswer.print(
      answers, command: "submit", asJSON: invocation.has("--format"), most: invocation.count("--max-issues"),
      layout: invocation.text("--layout"))
    return isStruckOff ? status : ExitStatus.gravest([status, .usage])
  }

  /// Says whether a file was struck off what needs somebody, where one was to be; `false` where it was none of these.
  private static func tellStruckOff(_ digits: String?, _ changes: StruckChanges?, _ answers: [FileAnswer]) -> Bool {
    guard let digits else { return true }
    if let changes {
      Console.message("billdrop: --strike-off \(digits): \(changes.words)")
      return changes.isDone
    }
    for case .result(let result, _) in answers where result.summary.digest?.short == digits {
      guard result.wasDoneAlready || result.summary.verdict == .fileRejected else { continue }
      Console.message("billdrop: \(result.summary.fileName) is struck off what needs somebody")
      return true
    }
    Console.message(
      "billdrop: --strike-off \(digits): no file with these digits was through before; nothing is struck off")
    return false
  }

  private static func submit(_ file: String, _ terms: SubmitTerms, _ submission: FileSubmission) -> FileAnswer {
    do throws(RunFault) {
      let result = try submission.run(terms.input(file))
      return .result(result, ExitStatus(result))
    } catch {
      return .fault(file: file, error)
    }
  }

  /// The key, the connection, the ledger and all options; nothing is sent.
  static func open(
    _ invocation: Invocation, _ terms: SubmitTerms, _ times: TimeLimits, _ check: CheckingLine, _ line: ProgressLine,
    scope: SubmitScope = .all
  ) throws(RunFault) -> FileSubmission {
    let account = terms.account
    let key = try account.key(Place.environment, file: invocation.text("--key-file"))
    let inFlight = account.requestsInFlight
    var client: HTTPClientOptions
    let connection: SubmitConnection
    do throws(HTTPClientError) {
      client = HTTPClientOptions(
        baseURL: try HTTPBaseURL(account.endpoint), key: key.bearer, inFlight: inFlight,
        userAgent: "billdrop/\(VersionCommand.version)", caFile: account.caFile)
      if let seconds = account.timeout { try client.limit(toSeconds: seconds) }
      connection = try SubmitConnection(client, rate: account.rate, burst: account.burst ?? 1)
    } catch {
      throw .client(error)
    }
    var settings = try settings(invocation, terms, account.stamp(for: key))
    if account.ledger == nil, scope.writes, scope.hasNewRows { try LedgerPath.makeFolder(of: settings.ledgerPath) }
    do throws(PlanFault) { settings.plan = try invocation.text("--plan").map(PlanFile.init(path:)) } catch {
      throw .plan(error)
    }
    Interrupts.watch()
    var options = SubmitOptions(
      inFlight: inFlight, retriesRefused: settings.retriesRefused, mostRefused: account.maximumRefused, times: times,
      scope: scope, parties: account.parties, updatesParties: account.updatesParties)
    options.asksAll = invocation.has("--ask-all")
    options.addsToOtherMarks = invocation.text("--other-marks") == "add"
    options.skipsUnchanged = invocation.has("--skip-unchanged")
    // Where none was named, the usual place has it; a name that is mistyped makes one that knows nothing.
    let isNamed = account.ledger != nil && scope.writes && LedgerURL(settings.ledgerPath) == nil
    let isNew = isNamed ? try !LedgerPath.isThere(settings.ledgerPath) : false
    let submission = try FileSubmission(
      intake: try intake(invocation, terms), settings: settings, options: options,
      connection: connection,
      interrupts: { Interrupts.count }, checking: { check.show($0) }, progress: { line.show($0) })
    if isNew {
      Console.message("billdrop: a new ledger at \(settings.ledgerPath): it knows of nothing that was sent before")
    }
    submission.notice = { Console.message("billdrop: \($0)") }
    return submission
  }

  private static func settings(
    _ invocation: Invocation, _ terms: SubmitTerms, _ stamp: EnvironmentStamp
  ) throws(RunFault) -> SubmitSettings {
    let standard = LedgerPath.standard(for: stamp, environment: Place.environment)
    guard let ledger = terms.account.ledger ?? standard else { throw .noLedgerPath }
    var settings = SubmitSettings(
      environment: stamp, ledgerPath: ledger, reports: terms.reports, temporaryFolder: Place.temporaryFolder,
      retriesRefused: invocation.has("--retry"), approval: invocation.shortDigest("--approve"),
      examples: invocation.examples)
    if let feed = terms.feed { settings.take(feed) }
    settings.take(terms.caution)
    settings.rangeRows = terms.account.rangeRows
    settings.receiptKey =
      invocation.has("--receipt-key-file")
      ? try invocation.receiptKey() : try terms.account.receiptKey(Place.environment)
    settings.confirmsVoid = invocation.has("--confirm-void")
    settings.struckOff = invocation.shortDigest("--strike-off")
    return settings
  }

  private static func intake(_ invocation: Invocation, _ terms: SubmitTerms) throws(RunFault) -> Intake {
    let layout = try terms.layout(invocation)
    let intake: Intake
    do throws(SchemaError) { intake = try Intake(layout: layout) } catch { throw .schema(error) }
    for file in invocation.operands { MendedNotice.tell(of: file, intake) }
    return intake
  }
}

extension FileAnswer {
  /// Whether the files after this one must wait: what ended it would end them too.
  var endsRun: Bool {
    switch self {
    case .result(let result, _): result.stop != nil && result.stop != .finished
    case .fault(_, .ledger(.otherLayout(_, _, _))), .fault(_, .ledger(.otherReferences(_))),
      .fault(_, .ledger(.unordered(_))), .fault(_, .unconfirmedVoid), .fault(_, .mendedSince),
      .fault(_, .updatesWhileAdding), .fault(_, .unreadableNow), .fault(_, .intake),
      .fault(_, .neverSubmitted), .fault(_, .changedSince):
      false
    case .fault: true
    }
  }
}
