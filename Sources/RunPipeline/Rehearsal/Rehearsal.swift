package import BillIntake
import BillLedger
import BillModel
import BillReports
import DurableFiles
package import FileRuns
import SchemaRules
package import SubmitPass
package import Transport

/// Submits a real file through the real pipeline to a stand-in for the API, with a ledger of its own: before a live key
/// is touched.
///
/// All that it makes lies in a temporary folder, and goes with it; the stand-in is a child process that ends with this
/// one.
package final class Rehearsal {
  private let intake: Intake
  private let settings: RehearsalSettings
  private let options: SubmitOptions
  private let interrupts: @Sendable () -> Int
  private let scratch: ScratchFolder
  private let sandbox: SandboxProcess
  private let baseURL: HTTPBaseURL
  private let desk: RehearsalDesk

  /// Starts the stand-in.
  package init(
    intake: Intake, settings: RehearsalSettings, options: SubmitOptions, interrupts: @escaping @Sendable () -> Int
  ) throws(RunFault) {
    self.intake = intake
    self.settings = settings
    self.options = options
    self.interrupts = interrupts
    do throws(FileError) { scratch = try ScratchFolder(in: settings.temporaryFolder, name: "rehearsal") } catch {
      throw .file(error)
    }
    sandbox = try SandboxProcess(
      settings.sandbox, Self.arguments(settings), folder: scratch.path, goesOn: { interrupts() == 0 })
    do throws(HTTPClientError) { baseURL = try HTTPBaseURL("http://127.0.0.1:\(sandbox.port)") } catch {
      throw .client(error)
    }
    desk = try RehearsalDesk(baseURL)
  }

  private static func arguments(_ settings: RehearsalSettings) -> [String] {
    var words = ["--latency", String(settings.latency)]
    if !settings.isFast { words += ["--rate", String(settings.rate)] }
    if let faults = settings.faults { words += ["--faults", faults] }
    if let seed = settings.seed { words += ["--seed", String(seed)] }
    return words
  }

  /// Rehearses the file to its end, or until it is interrupted.
  ///
  /// - Parameter client: how the connection is, but for where it leads and its key.
  package func run(
    _ input: IntakeInput, client: (HTTPBaseURL, BearerKey) throws(RunFault) -> HTTPClientOptions,
    checking: @escaping (IntakeProgress) -> Void, progress: @escaping (SubmitProgress) -> Void
  ) throws(RunFault) -> FileResult {
    guard let key = BearerKey(SandboxProcess.key) else { throw .sandbox("no key") }
    let stamp = EnvironmentStamp(origin: baseURL.origin, mode: .test)
    let path = scratch.path + "/ledger.sqlite"
    let known = try seed(input, stamp, path)
    let connection: SubmitConnection
    let options = try client(baseURL, key)
    do throws(HTTPClientError) {
      connection = try SubmitConnection(options, rate: settings.isFast ? 1e6 : settings.rate)
    } catch { throw .client(error) }
    var submit = SubmitSettings(
      environment: stamp, ledgerPath: path, reports: settings.reports ?? scratch.path + "/reports",
      temporaryFolder: settings.temporaryFolder, retriesRefused: false, approval: nil, examples: settings.examples)
    (submit.command, submit.occasion) = ("rehearse", .rehearsal)
    let submission = try FileSubmission(
      intake: intake, settings: submit, options: self.options, connection: connection, interrupts: interrupts,
      checking: checking, progress: progress)
    submission.rehearsal = { [desk, settings] in desk.figures(rate: settings.rate, known: known) }
    var result = try submission.run(input)
    if settings.reports == nil { result.summary.reportFolder = nil }
    return result
  }

  /// Makes the file's parties that the real ledger knows, in the stand-in and in the rehearsal's ledger.
  private func seed(
    _ input: IntakeInput, _ stamp: EnvironmentStamp, _ path: String
  ) throws(RunFault) -> (customers: Int, accounts: Int) {
    guard let real = settings.ledger else { return (0, 0) }
    try LedgerPath.mustExist(real)
    let check: FileCheck
    do throws(IntakeError) {
      check = try intake.check(
        input, temporaryFolder: settings.temporaryFolder, progress: { [interrupts] _ in interrupts() == 0 },
        isCancelled: { [interrupts] in interrupts() > 0 })
    } catch {
      throw .intake(error)
    }
    guard check.fileFinding == nil else { return (0, 0) }
    var seeding: PartySeeding
    do throws(LedgerError) {
      seeding = PartySeeding(
        known: try Ledger(existing: real, now: .now), rehearsal: try Ledger(path: path, environment: stamp, now: .now),
        desk: desk)
    } catch {
      throw .ledger(error)
    }
    var cursor = intake.rows(check)
    while interrupts() == 0 {
      let rows: [IntakeRow]
      do throws(IntakeError) { rows = try cursor.next(limit: 1000) } catch { throw .intake(error) }
      if rows.isEmpty { break }
      do throws(LedgerError) {
        for case .operation(_, _, .raise(let bill)) in rows { try seeding.add(bill) }
      } catch {
        throw .ledger(error)
      }
      try seeding.flush()
    }
    return seeding.counts
  }
}
