import BillIntake
import BillLayouts
import BillLedger
import BillModel
import DurableFiles
import FoundationEssentials
import HTTPServing
import SchemaRules
import Synchronization
import Transport

@testable import FileRuns
@testable import SandboxServer
@testable import SubmitPass

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sandbox behind HTTP, a ledger in a folder of its own, and runs between them.
final class SubmitScene {
  let sandbox: Sandbox
  /// Who answers before the sandbox does.
  let before = Interceptor()
  private let service: HTTPService
  private let folder: String
  private let environment: EnvironmentStamp
  private let baseURL: HTTPBaseURL
  /// What the next runs take for the beginning of the API's paths; the sandbox has none.
  var basePath = ""
  /// What the next files' rows of less than zero become.
  var negativeBills = BillRouting.refuse

  convenience init(_ edit: (inout SandboxOptions) throws -> Void = { _ in }) throws {
    var options = SandboxOptions()
    options.key = "sk_test_1"
    try edit(&options)
    try self.init(try Sandbox(options))
  }

  /// Somebody else with a ledger of their own, at the same sandbox.
  convenience init(sharing other: SubmitScene) throws { try self.init(other.sandbox) }

  private init(_ sandbox: Sandbox) throws {
    self.sandbox = sandbox
    service = try HTTPService { [before] request in
      before.answer(request.method, request.path, request.body).map { .answer($0) } ?? sandbox.reply(to: request)
    }
    baseURL = try HTTPBaseURL("http://127.0.0.1:\(service.port)")
    environment = EnvironmentStamp(origin: baseURL.origin, mode: .test)
    folder = Self.makeFolder()
  }

  deinit {
    service.stop()
    removeLedger()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Forgets all that was sent: the ledger is gone.
  func removeLedger() {
    for suffix in ["", "-wal", "-shm", ".lock"] { unlink("\(folder)/ledger.sqlite\(suffix)") }
  }

  private static func makeFolder() -> String {
    var template = Array("/tmp/billdrop-submit-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  /// Stops the sandbox's listening: its port then refuses connections.
  func close() { service.stop() }

  func openLedger(now: WallTime = .now) throws -> Ledger {
    try Ledger(path: "\(folder)/ledger.sqlite", environment: environment, now: now)
  }

  /// A run of a file that is checked, with a ledger and a connection of its own; not begun. `watching` sees the ledger
  /// and what is about to go out.
  func prepare(
    _ csv: String, name: String = "bills.csv", key: String = "sk_test_1", rate: Double = 100_000,
    options: SubmitOptions = SubmitOptions(), clock: SubmitClock = SubmitClock(),
    order: FileOrder = FileOrder(), interrupts: @escaping () -> Int = { 0 },
    watching: ((Ledger, FileRunID, [Transport.HTTPRequest]) -> Void)? = nil, idling: ((Duration) -> Void)? = nil
  ) throws -> Attempt {
    var layout = Layout.standard()
    layout.operation = order.operation
    layout.rules.negativeBills = negativeBills
    if negativeBills != .refuse { layout.rules.zeroBills = .skip }
    let intake = try Intake(layout: layout)
    let check = try intake.check(.memory(Array(csv.utf8), name: name), temporaryFolder: "/tmp")
    let ledger = try openLedger(now: clock.wall())
    let fileRun = try ledger.openFileRun(
      FileIdentity(digest: check.digest, name: name, byteCount: check.byteCount),
      layout: LayoutIdentity(digest: intake.layout.digest, name: "default", duplicates: "reject"), order: order,
      approval: nil, now: clock.wall())
    let clientOptions = HTTPClientOptions(
      baseURL: try HTTPBaseURL(baseURL.origin + basePath), key: BearerKey(key), inFlight: options.inFlight)
    var connection = try SubmitConnection(clientOptions, rate: rate)
    if let watching {
      var wire = connection.wire
      let submit = wire.submit
      wire.submit = { requests in
        watching(ledger, fileRun.id, requests)
        submit(requests)
      }
      let completions = wire.completions
      wire.completions = { limit in
        idling?(limit)
        return completions(limit)
      }
      connection = SubmitConnection(wire)
    }
    let run = try SubmitRun(
      fileRun, intake: intake, check: check, ledger: ledger, connection: connection, environment: environment,
      options: options, clock: clock, interrupts: interrupts)
    return Attempt(run: run, ledger: ledger, fileRun: fileRun.id, valid: check.valid)
  }

  /// Submits a file to its end, or its stop.
  func submit(
    _ csv: String, name: String = "bills.csv", key: String = "sk_test_1", options: SubmitOptions = SubmitOptions(),
    clock: SubmitClock = SubmitClock(), order: FileOrder = FileOrder(), interrupts: @escaping () -> Int = { 0 }
  ) throws -> Outcome {
    let attempt = try prepare(
      csv, name: name, key: key, options: options, clock: clock, order: order, interrupts: interrupts)
    let summary = try attempt.run.run()
    return Outcome(
      summary: summary, fileRun: try attempt.ledger.fileRun(attempt.fileRun)!,
      rows: try attempt.ledger.rows(of: attempt.fileRun, after: 0, limit: 100_000))
  }

  /// What takes whole files through, over the ledger of this scene, to reports beside it.
  func submission(_ options: SubmitOptions) throws -> FileSubmission {
    let client = HTTPClientOptions(
      baseURL: try HTTPBaseURL(baseURL.origin + basePath), key: BearerKey("sk_test_1"), inFlight: options.inFlight)
    return try FileSubmission(
      intake: Intake(layout: .standard()),
      settings: SubmitSettings(
        environment: environment, ledgerPath: "\(folder)/ledger.sqlite", reports: "\(folder)/reports",
        temporaryFolder: "/tmp", retriesRefused: false, approval: nil),
      options: options, connection: SubmitConnection(client, rate: 100_000), interrupts: { 0 }, progress: { _ in })
  }

  /// What lands, by whomever.
  func patch(_ path: String, _ body: String) { sandbox.patch(path, body) }

  /// What is paid on a bill in the sandbox.
  func paid(_ reference: String) -> Int64? {
    sandbox.state.withLock { state in
      let objects = state.calls.objects
      return objects.find(.bill, named: reference).map { Int64(objects.bills[Int($0)].amountPaid) }
    }
  }

  /// Bills, accounts and customers in the sandbox.
  var objects: (bills: Int, accounts: Int, customers: Int) {
    sandbox.state.withLock {
      ($0.calls.objects.bills.count, $0.calls.objects.accounts.count, $0.calls.objects.customers.count)
    }
  }

  /// References of the bills in the sandbox.
  var references: Set<String> {
    sandbox.state.withLock { state in
      var writer = JSONWriter(capacity: 4096)
      for serial in 0..<state.calls.objects.bills.count {
        state.calls.objects.billLine(UInt32(serial), to: &writer)
      }
      let lines = writer.bytes.split(separator: UInt8(ascii: "\n"))
      return Set(lines.compactMap { (try? JSONValue(parsing: Array($0)))?.object?["external_reference"]?.string })
    }
  }

  /// Calls that the sandbox answered, those under /sandbox/ not among them.
  var requests: Int { sandbox.state.withLock { $0.counters.total } }

  /// From here on these faults.
  func set(faults: String) throws {
    var rates = FaultRates()
    try rates.apply(faults)
    sandbox.state.withLock { $0.options.faults = rates }
  }

  struct Attempt {
    let run: SubmitRun
    let ledger: Ledger
    let fileRun: FileRunID
    /// Rows that the checks let stand.
    let valid: Int
  }

  struct Outcome {
    let summary: SubmitSummary
    let fileRun: FileRun
    let rows: [LedgerRow]

    func count(_ outcome: RowOutcome) -> Int { fileRun.rows.settled[outcome] ?? 0 }

    /// The settlement of a record.
    func settlement(_ record: Int) -> RowSettlement? {
      guard case .settled(let settlement) = rows.first(where: { $0.record == record })?.state else { return nil }
      return settlement
    }
  }
}

extension Sandbox {
  /// What lands, by whomever.
  func patch(_ path: String, _ body: String) {
    state.withLock { state in
      let incoming = Incoming(
        method: .patch, path: path, key: nil, authorization: "Bearer sk_test_1", body: Array(body.utf8))
      switch state.admit(incoming) {
      case .settled: break
      case .admitted(let ticket): _ = state.settle(ticket)
      case .postponed(let ticket, _): _ = state.land(ticket)
      }
    }
  }
}

/// What answers requests in the API's place, where it likes to.
final class Interceptor: Sendable {
  typealias Answering = @Sendable (HTTPMethod, _ path: String) -> HTTPAnswer?
  typealias Reading = @Sendable (HTTPMethod, _ path: String, _ body: [UInt8]) -> HTTPAnswer?
  private let answering = Mutex<Reading?>(nil)

  /// From here on each request is shown to this; what it gives `nil` for goes to the API.
  func set(_ answering: @escaping Answering) { set { method, path, _ in answering(method, path) } }

  /// The same, with its body.
  func set(_ reading: @escaping Reading) { answering.withLock { $0 = reading } }

  func answer(_ method: HTTPMethod, _ path: String, _ body: [UInt8]) -> HTTPAnswer? {
    answering.withLock { $0 }?(method, path, body)
  }
}
