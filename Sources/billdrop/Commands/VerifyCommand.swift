import BillIntake
import BillModel
import BillReports
import FileRuns
import Reconciling
import RunConfiguration
import SubmitPass

/// `billdrop verify`.
enum VerifyCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    guard let file = invocation.operands.first else { return .usage }
    guard let receipt = invocation.text("--receipt") else { return readBack(file, invocation) }
    do throws(RunFault) {
      let check = ReceiptCheck(
        intake: try invocation.intake(), ledgerPath: invocation.text("--ledger"), environment: Place.environment,
        temporaryFolder: Place.temporaryFolder, key: try invocation.receiptKey())
      let verdict = try check.run(Place.input(file), receipt: receipt)
      let answer = VerifyText(verdict: verdict, receipt: receipt, screen: Console.answersScreen)
      let isTold = Console.answer(invocation.has("--format") ? answer.json.text + "\n" : answer.text)
      return isTold ? ExitStatus(verdict) : .inputOutput
    } catch {
      Console.message("billdrop: \(error.explanationForReading)")
      return ExitStatus(error)
    }
  }
}

extension VerifyCommand {
  /// Reads the objects of a file back from the API.
  private static func readBack(_ file: String, _ invocation: Invocation) -> ExitStatus {
    let terms: SubmitTerms
    do throws(RunFault) { terms = try SubmitTerms(invocation) } catch {
      Console.message("billdrop: \(error.explanationForReading)")
      return ExitStatus(error)
    }
    do throws(UsageError) {
      let part = try part(invocation)
      let times = try TimeLimits(invocation, terms.account)
      do throws(RunFault) {
        let submission = try SubmitCommand.open(
          invocation, terms, times, CheckingLine(isJSON: false), ProgressLine(isJSON: false), scope: .look)
        let verification = try submission.verify(Place.input(file), part)
        let answer = ReadBackText(verification: verification, screen: Console.answersScreen)
        let isTold = Console.answer(invocation.has("--format") ? answer.json.text + "\n" : answer.text)
        return isTold ? ExitStatus(verification) : .inputOutput
      } catch {
        Console.message("billdrop: \(error.explanationForReading)")
        return ExitStatus(error)
      }
    } catch {
      Console.message("billdrop: \(error.message)\n  \(error.hint)")
      return .usage
    }
  }

  private static func part(_ invocation: Invocation) throws(UsageError) -> VerifiedPart {
    guard let sample = invocation.count("--sample") else {
      return .from(record: invocation.count("--from") ?? 1)
    }
    guard !invocation.has("--from") else {
      throw UsageError(
        message: "--sample and --from don't go together.", hint: "A sample is spread over the whole file.")
    }
    return .sample(sample)
  }
}

extension Invocation {
  /// The key that receipts are signed with; `nil` without one.
  func receiptKey() throws(RunFault) -> ReceiptKey? {
    try ReceiptKey.find(file: text("--receipt-key-file"), environment: Place.environment)
  }
}

extension ExitStatus {
  /// The exit code of objects that were read back.
  fileprivate init(_ verification: Verification) {
    switch verification.stop {
    case .unauthorised: self = .key
    case .some: self = .stopped
    case nil where verification.unread > 0 || verification.open > 0: self = .stopped
    case nil: self = verification.isRight ? .accepted : .someRejected
    }
  }

  /// The exit code of a receipt that was checked.
  fileprivate init(_ verdict: ReceiptVerdict) {
    if !verdict.problems.isEmpty {
      self = .fileRejected
    } else {
      self = verdict.isVerified ? .accepted : .configuration
    }
  }
}
