import BillLedger
import BillModel
import BillReports
import FileRuns
import PaymentEvents
import Reconciling
import ReportPages
import RunConfiguration
import SubmitPass
import Transport

/// `billdrop reconcile`.
enum ReconcileCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    do throws(RunFault) {
      Interrupts.watch()
      let account = try account(invocation)
      let run = try ReconcileRun(
        ledger: try EventsPlace.existingLedger(invocation), recon: invocation.text("--recon"),
        units: invocation.text("--recon-units").flatMap { MomentReportReader.Units(rawValue: $0) },
        interrupts: { Interrupts.count })
      let key = try key(invocation, account)
      let usual = key == nil ? ReconcileRun.Scope.none : .named
      let scope = invocation.text("--ask").flatMap { ReconcileRun.Scope(rawValue: $0) } ?? usual
      let connection = try key.flatMap { (key) throws(RunFault) in
        scope == .none ? nil : try connect(invocation, account, key, try run.environment())
      }
      let result = try run.reconciliation(scope, ask: connection.map { ($0, 32) })
      let folder = ReconcileFolder(reports: try reports(invocation))
      try folder.write(
        result, page: ReconcilePage(result, madeAt: .now, version: VersionCommand.version).utf8)
      return tell(result, folder, invocation)
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func tell(
    _ result: Reconciliation, _ folder: ReconcileFolder, _ invocation: Invocation
  ) -> ExitStatus {
    let text =
      invocation.has("--format")
      ? result.json().text + "\n"
      : ReconcileText(
        result: result, screen: Console.answersScreen, folder: folder.path, most: invocation.count("--max-issues")
      ).text
    guard Console.answer(text) || Console.readerHasLeft else { return .inputOutput }
    if result.askedInVain > 0 { return .unreachable }
    return result.needsAttention ? .someRejected : .accepted
  }

  private static func account(_ invocation: Invocation) throws(RunFault) -> AccountSettings? {
    try invocation.text("--config").map { (path) throws(RunFault) in try Invocation.configuration(path).account }
  }

  /// Where reports lie.
  private static func reports(_ invocation: Invocation) throws(RunFault) -> String {
    if let reports = invocation.text("--reports") { return reports }
    guard let path = invocation.text("--config") else { return "billdrop-reports" }
    return try Invocation.configuration(path).reports ?? "billdrop-reports"
  }

  /// The key, where there is one, or where the API is to be asked.
  private static func key(_ invocation: Invocation, _ account: AccountSettings?) throws(RunFault) -> SecretKey? {
    let asked = invocation.text("--ask")
    if asked == "none" { return nil }
    if invocation.text("--key-file") == nil, let account, account.keyFile != nil || account.keyCredential != nil {
      return try account.key(Place.environment)
    }
    do throws(SecretKeyError) {
      return try SecretKey.find(file: invocation.text("--key-file"), environment: Place.environment)
    } catch {
      switch error {
      case .missing where asked == nil, .empty where asked == nil: return nil
      default: throw .key(error)
      }
    }
  }

  /// A way to the API of the ledger's environment. A live key needs no `--live` here: only GET is sent.
  private static func connect(
    _ invocation: Invocation, _ account: AccountSettings?, _ key: SecretKey, _ environment: EnvironmentStamp
  ) throws(RunFault) -> SubmitConnection {
    let endpoint = invocation.text("--endpoint") ?? account?.endpoint ?? environment.origin
    let client = try client(endpoint, key, caFile: invocation.text("--ca-file") ?? account?.caFile)
    let wanted = EnvironmentStamp(origin: client.baseURL.origin, mode: key.mode, merchant: environment.merchant)
    guard wanted == environment else {
      throw .ledger(
        .otherEnvironment(path: try EventsPlace.ledger(invocation), recorded: environment, wanted: wanted))
    }
    do throws(HTTPClientError) {
      return try SubmitConnection(client, rate: invocation.rate("--rate") ?? account?.rate ?? 50)
    } catch {
      throw .client(error)
    }
  }

  private static func client(
    _ endpoint: String, _ key: SecretKey, caFile: String?
  ) throws(RunFault) -> HTTPClientOptions {
    do throws(HTTPClientError) {
      return HTTPClientOptions(
        baseURL: try HTTPBaseURL(endpoint), key: key.bearer, inFlight: 32,
        userAgent: "billdrop/\(VersionCommand.version)", caFile: caFile)
    } catch {
      throw .client(error)
    }
  }
}
