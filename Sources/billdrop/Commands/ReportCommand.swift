import BillIntake
import BillLedger
import BillModel
import BillReports
import Drops
import DurableFiles
import FileRuns
import Hashing
import SubmitPass
import Tabular

/// `billdrop report`.
enum ReportCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let reports = invocation.text("--reports") ?? "billdrop-reports"
    let operand = invocation.operands[0]
    Interrupts.watch(secondEnds: true)
    do throws(RunFault) {
      let answer =
        Directory.hasFile(operand)
        ? try fromFile(operand, reports, invocation) : try fromLedger(operand, reports, invocation)
      ReportIndex.renew(after: [answer], in: reports)
      let status = FileAnswer.print([answer], command: "report", asJSON: invocation.has("--format"))
      return status == .inputOutput ? status : .accepted
    } catch {
      Console.message("billdrop: \(Masking.oneLine(operand)): \(error.explanationForReading)")
      return ExitStatus(error)
    }
  }

  /// With the file at hand: all that the submission told, but for its pace.
  private static func fromFile(
    _ file: String, _ reports: String, _ invocation: Invocation
  ) throws(RunFault) -> FileAnswer {
    let intake = try invocation.intake()
    let ledger = try ledger(of: file, invocation)
    let settings = SubmitSettings(
      environment: ledger.environment, ledgerPath: ledger.path, reports: reports,
      temporaryFolder: Place.temporaryFolder, retriesRefused: false, approval: nil, examples: invocation.examples)
    let submission = try FileSubmission(
      intake: intake, settings: settings, options: SubmitOptions(scope: .look), connection: .none,
      interrupts: { Interrupts.count }, progress: { _ in })
    let result = try submission.rebuild(Place.input(file), unmasked: invocation.has("--unmask"))
    if invocation.has("--unmask"), let folder = result.summary.reportFolder {
      Console.message(
        "billdrop: \(folder)/\(ReportWriter.unmaskedName) shows names and numbers: for your eyes, and to be deleted.")
    }
    return .result(result, ExitStatus(result))
  }

  /// The one ledger that knows a file's bytes; where there is only one, that.
  private static func ledger(of file: String, _ invocation: Invocation) throws(RunFault) -> Ledger {
    let ledgers = try Ledgers.observed(invocation)
    if ledgers.count == 1 { return ledgers[0] }
    let digest: SHA256Digest
    do throws(DropError) { digest = try FileDigests.sha256(ofFile: file) } catch { throw .drop(error) }
    var known: [Ledger] = []
    for ledger in ledgers {
      do throws(LedgerError) {
        if try !ledger.fileRuns(of: digest).isEmpty { known.append(ledger) }
      } catch { throw .ledger(error) }
    }
    guard let ledger = try Ledgers.only(known, file) else {
      throw ledgers.isEmpty ? .noLedger(path: "its usual place") : .neverSubmitted(ledger: ledgers[0].path)
    }
    return ledger
  }

  /// Without it: what the ledger holds.
  private static func fromLedger(
    _ name: String, _ reports: String, _ invocation: Invocation
  ) throws(RunFault) -> FileAnswer {
    if invocation.has("--unmask") {
      Console.message("billdrop: --unmask needs the file itself: its rows stand in it alone.")
    }
    var known: [(Ledger, FileRun)] = []
    for ledger in try Ledgers.observed(invocation) {
      do throws(LedgerError) {
        let run = try ledger.latestFileRuns(limit: 100_000).first {
          $0.file.name == name || $0.file.digest.short == name || $0.file.digest.hex == name
        }
        if let run { known.append((ledger, run)) }
      } catch { throw .ledger(error) }
    }
    if let ledger = try Ledgers.only(known.map(\.0), name), let run = known.first?.1 {
      let summary = try LedgerReport(ledger, run).write(reports: reports) { Interrupts.count > 0 }
      let result = FileResult(summary: summary, groups: [])
      return .result(result, ExitStatus(result))
    }
    throw .intake(.input(.notFound(name: name)))
  }
}
