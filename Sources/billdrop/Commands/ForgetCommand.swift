import BillModel
import BillReports
import DurableFiles
import ReportPages
import RunPipeline

/// `billdrop forget`.
enum ForgetCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    guard invocation.operands.isEmpty != (invocation.count("--older-than") == nil) else {
      Console.message("billdrop: forget takes either FILEs or --older-than DAYS.\n  See: billdrop forget --help")
      return .usage
    }
    do throws(RunFault) {
      let scope = try scope(invocation)
      let plan = try ForgetPlan(scope, now: .now)
      let text = ForgetText(plan, isDone: invocation.has("--yes"), screen: Console.answersScreen)
      if invocation.has("--yes") {
        for thing in plan.going { try plan.forget(thing) }
        renewIndexes(scope)
      }
      let isTold = Console.answer(invocation.has("--format") ? text.json.text + "\n" : text.text)
      return isTold ? .accepted : .inputOutput
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func scope(_ invocation: Invocation) throws(RunFault) -> ForgetScope {
    var scope = ForgetScope()
    scope.names = invocation.operands
    scope.olderThan = invocation.count("--older-than")
    if let path = invocation.text("--config") { scope.add(try Invocation.configuration(path)) }
    if invocation.text("--reports") != nil || scope.reports.isEmpty {
      scope.reports.append(invocation.text("--reports") ?? "billdrop-reports")
    }
    if invocation.text("--ledger") != nil || scope.ledgers.isEmpty { scope.ledgers += Ledgers.paths(invocation) }
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
