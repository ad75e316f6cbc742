import BillLedger
import BillModel
import BillReports
import DurableFiles
import FileRuns
import Housekeeping
import ReportPages
import SubmitPass

/// `billdrop forget`.
enum ForgetCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    guard invocation.operands.isEmpty != (invocation.count("--older-than") == nil) else {
      Console.message("billdrop: forget takes either FILEs or --older-than DAYS.\n  See: billdrop forget --help")
      return .usage
    }
    if let folder = invocation.text("--reports"), !Directory.isFolder(folder) {
      Console.message("billdrop: there is no folder \(Masking.oneLine(folder)): is --reports right?")
      return .noInput
    }
    do throws(RunFault) {
      let scope = try scope(invocation)
      var plan = ForgetPlan(scope, now: .now)
      if invocation.has("--yes") {
        plan.forget()
        renewIndexes(scope)
      }
      let status = tell(plan, invocation)
      // Where a ledger can't be read, nobody knows what it knows.
      return plan.failed.isEmpty ? ExitStatus.gravest([status, try tellUnknown(plan.unknown())]) : status
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func tell(_ plan: ForgetPlan, _ invocation: Invocation) -> ExitStatus {
    let text = ForgetText(plan, isDone: invocation.has("--yes"), screen: Console.answersScreen)
    let isTold = Console.answer(invocation.has("--format") ? text.json.text + "\n" : text.text)
    return isTold && plan.failed.isEmpty ? .accepted : .inputOutput
  }

  private static func tellUnknown(_ unknown: [ForgetSubject]) -> ExitStatus {
    for subject in unknown {
      Console.message(
        "billdrop: no ledger and no report knows a file \(Masking.cut(subject.asked)): is its name right?")
    }
    return unknown.isEmpty ? .accepted : .noInput
  }

  private static func scope(_ invocation: Invocation) throws(RunFault) -> ForgetScope {
    var scope = ForgetScope()
    for operand in invocation.operands {
      scope.subjects.append(operand.contains("/") ? try ForgetSubject(path: operand) : ForgetSubject(word: operand))
    }
    scope.olderThan = invocation.count("--older-than")
    scope.takesCopies = invocation.has("--copies")
    if let path = invocation.text("--config") {
      scope.add(try Invocation.configuration(path), environment: Place.environment)
    }
    if invocation.text("--reports") != nil || scope.reports.isEmpty {
      scope.reports.append(invocation.text("--reports") ?? "billdrop-reports")
    }
    if let path = invocation.text("--ledger") {
      guard try LedgerPath.isThere(path) else { throw .noLedger(path: LedgerURL.shown(path)) }
      scope.ledgers.append(path)
    } else if scope.ledgers.isEmpty {
      scope.ledgers += Ledgers.paths(invocation)
    }
    return scope
  }

  private static func renewIndexes(_ scope: ForgetScope) {
    for folder in scope.reports where Directory.isFolder(folder) {
      do throws(FileError) { try ReportShelf(path: folder).writeIndex(now: .now) } catch {
        Console.message("billdrop: index.html in \(Masking.oneLine(folder)) was not written anew: \(error)")
      }
    }
  }
}
