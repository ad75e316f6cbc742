import BillIntake
import BillModel
import BillReports
import RunPipeline

/// `billdrop verify`.
enum VerifyCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    guard let receipt = invocation.text("--receipt"), let file = invocation.operands.first else {
      Console.message("billdrop: verify needs --receipt RECEIPT.\n  See: billdrop verify --help")
      return .usage
    }
    do throws(RunFault) {
      let check = ReceiptCheck(
        intake: try invocation.intake(), ledgerPath: invocation.text("--ledger"), environment: Place.environment,
        temporaryFolder: Place.temporaryFolder, key: try invocation.receiptKey())
      let verdict = try check.run(Place.input(file), receipt: receipt)
      let answer = VerifyText(verdict: verdict, receipt: receipt, screen: Console.answersScreen)
      let isTold = Console.answer(invocation.has("--format") ? answer.json.text + "\n" : answer.text)
      return isTold ? ExitStatus(verdict) : .inputOutput
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }
}

extension Invocation {
  /// The key that receipts are signed with; `nil` without one.
  func receiptKey() throws(RunFault) -> ReceiptKey? {
    try ReceiptKey.find(file: text("--receipt-key-file"), environment: Place.environment)
  }
}

extension ExitStatus {
  /// The exit code of a receipt that was checked.
  fileprivate init(_ verdict: ReceiptVerdict) {
    if !verdict.problems.isEmpty {
      self = .fileRejected
    } else {
      self = verdict.isVerified ? .accepted : .configuration
    }
  }
}
