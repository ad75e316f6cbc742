import BillIntake
import BillLedger
import BillModel
import BillPlanning
import RunPipeline
import SchemaRules
import Transport

/// `billdrop submit`.
enum SubmitCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    var answers: [FileAnswer] = []
    let times: TimeLimits
    do throws(UsageError) {
      times = try TimeLimits(invocation)
      if invocation.has("--plan"), invocation.operands.count > 1 {
        throw UsageError(message: "--plan is for one FILE.", hint: "A plan is made for one file: submit one by one.")
      }
    } catch {
      Console.message("billdrop: \(error.message)\n  \(error.hint)")
      return .usage
    }
    do throws(RunFault) {
      let line = ProgressLine()
      let submission = try open(invocation, times, CheckingLine(), line)
      defer { line.end() }
      for file in invocation.operands {
        let answer = submit(file, submission)
        answers.append(answer)
        if answer.endsRun { break }
      }
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
    ReportIndex.renew(after: answers, in: invocation.text("--reports") ?? "billdrop-reports")
    let rest = invocation.operands.dropFirst(answers.count)
    if !rest.isEmpty { Console.message("billdrop: not begun: \(rest.joined(separator: ", "))") }
    return FileAnswer.print(
      answers, command: "submit", asJSON: invocation.has("--format"), most: invocation.count("--max-issues"),
      layout: invocation.text("--layout"))
  }

  private static func submit(_ file: String, _ submission: FileSubmission) -> FileAnswer {
    do throws(RunFault) {
      let result = try submission.run(Place.input(file))
      return .result(result, ExitStatus(result))
    } catch {
      return .fault(file: file, error)
    }
  }

  /// The key, the connection, the ledger and all options; nothing is sent.
  static func open(
    _ invocation: Invocation, _ times: TimeLimits, _ check: CheckingLine, _ line: ProgressLine,
    scope: SubmitScope = .all
  ) throws(RunFault) -> FileSubmission {
    let key = try key(invocation)
    let inFlight = invocation.inFlight
    var client: HTTPClientOptions
    let connection: SubmitConnection
    do throws(HTTPClientError) {
      client = HTTPClientOptions(
        baseURL: try HTTPBaseURL(invocation.text("--endpoint") ?? "https://api.momentpay.net"), key: key.bearer,
        inFlight: inFlight, userAgent: "billdrop/\(VersionCommand.version)", caFile: invocation.text("--ca-file"))
      if let seconds = invocation.count("--timeout") { try client.limit(toSeconds: seconds) }
      connection = try SubmitConnection(
        client, rate: invocation.rate("--rate"), burst: invocation.count("--burst") ?? 1)
    } catch {
      throw .client(error)
    }
    let stamp = EnvironmentStamp(origin: client.baseURL.origin, mode: key.mode)
    var settings = try settings(invocation, stamp)
    do throws(PlanFault) { settings.plan = try invocation.text("--plan").map(PlanFile.init(path:)) } catch {
      throw .plan(error)
    }
    settings.canary = invocation.count("--canary").map {
      CanarySettings(count: $0, waits: invocation.text("--canary-then") == "wait")
    }
    Interrupts.watch()
    var options = SubmitOptions(
      inFlight: inFlight, retriesRefused: settings.retriesRefused, mostRefused: invocation.count("--max-refused"),
      times: times, scope: scope, parties: PartyMode(rawValue: invocation.text("--parties") ?? "auto") ?? .auto,
      updatesParties: invocation.has("--update-parties"))
    options.asksAll = invocation.has("--ask-all")
    options.skipsUnchanged = invocation.has("--skip-unchanged")
    return try FileSubmission(
      intake: try intake(invocation), settings: settings, options: options,
      connection: connection,
      interrupts: { Interrupts.count }, checking: { check.show($0) }, progress: { line.show($0) })
  }

  private static func key(_ invocation: Invocation) throws(RunFault) -> SecretKey {
    do throws(SecretKeyError) {
      let key = try SecretKey.find(file: invocation.text("--key-file"), environment: Place.environment)
      if key.mode == .live, !invocation.has("--live") { throw .liveNotAllowed }
      return key
    } catch {
      throw .key(error)
    }
  }

  private static func settings(
    _ invocation: Invocation, _ stamp: EnvironmentStamp
  ) throws(RunFault) -> SubmitSettings {
    let standard = LedgerPath.standard(for: stamp, environment: Place.environment)
    guard let ledger = invocation.text("--ledger") ?? standard else { throw .noLedgerPath }
    var settings = SubmitSettings(
      environment: stamp, ledgerPath: ledger, reports: invocation.text("--reports") ?? "billdrop-reports",
      temporaryFolder: Place.temporaryFolder, retriesRefused: invocation.has("--retry"),
      approval: invocation.text("--approve"), examples: invocation.examples)
    settings.guardMode = invocation.text("--guard").flatMap { GuardMode(rawValue: $0) } ?? .hold
    settings.receiptKey = try invocation.receiptKey()
    settings.confirmsVoid = invocation.has("--confirm-void")
    return settings
  }

  private static func intake(_ invocation: Invocation) throws(RunFault) -> Intake {
    let intake = try invocation.intake()
    for file in invocation.operands { MendedNotice.tell(of: file, intake) }
    return intake
  }
}

extension Invocation {
  /// How many requests may be under way: unless told, what a second of the rate is, so that the pace holds up to a
  /// latency of a second.
  fileprivate var inFlight: Int {
    if let stated = count("--in-flight") { return stated }
    guard let rate = rate("--rate") else { return 256 }
    return Int(min(max(rate.rounded(.up), 32), 1024))
  }
}

extension FileAnswer {
  /// Whether the files after this one must wait: the connection is shut down, or the ledger can't be used.
  var endsRun: Bool {
    switch self {
    case .result(let result, _): result.stop != nil && result.stop != .finished
    case .fault(_, .ledger(.otherLayout(_, _, _))), .fault(_, .ledger(.otherReferences(_))),
      .fault(_, .ledger(.unordered(_))), .fault(_, .unconfirmedVoid), .fault(_, .intake), .fault(_, .neverSubmitted),
      .fault(_, .changedSince):
      false
    case .fault: true
    }
  }
}
