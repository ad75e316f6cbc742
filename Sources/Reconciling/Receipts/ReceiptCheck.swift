package import BillIntake
import BillLayouts
import BillLedger
import BillModel
package import BillReports
package import FileRuns
import Hashing
import SubmitPass

/// Checks a receipt against its file, the ledger and the report beside it. Asks the API nothing, and changes nothing.
///
/// The receipt is made again from file and ledger; every byte of the one handed in must be the same.
package struct ReceiptCheck {
  private let intake: Intake
  private let ledgerPath: String?
  private let environment: [String: String]
  private let temporaryFolder: String
  private let key: ReceiptKey?

  /// - Parameters:
  ///   - ledgerPath: `nil`: where the ledger of the receipt's environment lies.
  ///   - key: Signed receipts are proved with it.
  package init(
    intake: Intake, ledgerPath: String?, environment: [String: String], temporaryFolder: String, key: ReceiptKey?
  ) {
    self.intake = intake
    self.ledgerPath = ledgerPath
    self.environment = environment
    self.temporaryFolder = temporaryFolder
    self.key = key
  }

  /// Checks one receipt.
  ///
  /// - Parameter path: The receipt's.
  package func run(_ input: IntakeInput, receipt path: String) throws(RunFault) -> ReceiptVerdict {
    let receipt = try ReceiptFile(path: path)
    guard receipt.isKnownVersion, let stamp = receipt.environment, let digest = receipt.digest else {
      throw .notAReceipt(path: path)
    }
    guard let ledgerPath = ledgerPath ?? LedgerPath.standard(for: stamp, environment: environment) else {
      throw .noLedgerPath
    }
    let check: FileCheck
    do throws(IntakeError) { check = try intake.check(input, temporaryFolder: temporaryFolder) } catch {
      throw .intake(error)
    }
    var verdict = ReceiptVerdict(
      fileName: check.fileName, digest: check.digest, records: check.recordsRead, ledger: ledgerPath,
      signature: .none, report: .absent, problems: [])
    guard digest == check.digest else {
      verdict.signature = receipt.keyName.map { .unchecked(key: $0) } ?? .none
      verdict.problems = [
        "The receipt is of another file: it names a SHA-256 of \(digest.short)…, this file has \(check.digest.short)…."
      ]
      return verdict
    }
    try compare(receipt, check, stamp, &verdict)
    return verdict
  }

  private func compare(
    _ receipt: ReceiptFile, _ check: FileCheck, _ stamp: EnvironmentStamp, _ verdict: inout ReceiptVerdict
  ) throws(RunFault) {
    let made = try remade(check, stamp, verdict.ledger)
    guard let made else {
      verdict.problems = ["The ledger has no finished run of this file under this layout."]
      return
    }
    let comparison = ReceiptComparison(file: receipt, receipt: made, key: key)
    verdict.signature = comparison.signature
    verdict.problems = comparison.problems
    let report = ReportBeside(receipt: receipt.path)
    guard report.isThere else { return }
    let problems = try report.problems(made)
    verdict.report = problems.isEmpty ? .good : .bad
    verdict.problems += problems
  }

  /// The receipt as file and ledger make it now; `nil` where the ledger has no finished run of the file.
  private func remade(
    _ check: FileCheck, _ stamp: EnvironmentStamp, _ ledgerPath: String
  ) throws(RunFault) -> Receipt? {
    try LedgerPath.mustExist(ledgerPath)
    let ledger: Ledger
    let fileRun: FileRun?
    do throws(LedgerError) {
      ledger = try Ledger(observing: ledgerPath)
      guard ledger.environment == stamp else {
        throw .otherEnvironment(path: ledgerPath, recorded: ledger.environment, wanted: stamp)
      }
      let runs = try ledger.fileRuns(of: check.digest)
      fileRun = runs.last { LayoutIdentity(check.layout).has($0.layout.digest) }
      // A right receipt that is read by the wrong layout proves nothing, for or against it.
      if fileRun == nil, let other = runs.last {
        throw .otherLayout(file: check.digest, recorded: other.layout, offered: LayoutIdentity(check.layout))
      }
    } catch { throw .ledger(error) }
    guard let fileRun else { return nil }
    var pass = ReportPass(intake: intake, check: check, ledger: ledger, fileRun: fileRun.id, report: nil)
    try pass.run()
    return Receipt(fileRun, check, pass, stamp)
  }
}
