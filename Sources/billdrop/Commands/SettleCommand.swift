import BillIntake
import BillModel
import BillReports
import FileRuns
import SubmitPass
import Tabular

/// `billdrop settle`.
enum SettleCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let looks = invocation.has("--look")
    var settled: [FileAnswer] = []
    var ledger: String?
    var looked: [LookAnswer] = []
    let terms: SubmitTerms
    do throws(RunFault) { terms = try SubmitTerms(invocation) } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
    do throws(UsageError) {
      let times = try TimeLimits(invocation, terms.account)
      do throws(RunFault) {
        let line = ProgressLine(isJSON: invocation.has("--progress"))
        let submission = try SubmitCommand.open(
          invocation, terms, times, CheckingLine(isJSON: invocation.has("--progress")), line,
          scope: looks ? .look : .unknown)
        defer { line.end() }
        ledger = submission.ledgerPath
        for file in invocation.operands {
          if looks {
            looked.append(look(file, terms, submission))
          } else {
            settled.append(settle(file, terms, submission))
          }
          if settled.last?.endsRun == true || looked.last?.endsRun == true { break }
        }
      } catch {
        Console.message("billdrop: \(error.explanation)")
        return ExitStatus(error)
      }
    } catch {
      Console.message("billdrop: \(error.message)\n  \(error.hint)")
      return .usage
    }
    ReportIndex.renew(after: settled, in: terms.reports, ledger: ledger)
    let rest = invocation.operands.dropFirst(settled.count + looked.count)
    if !rest.isEmpty { Console.message("billdrop: not begun: \(rest.joined(separator: ", "))") }
    let asJSON = invocation.has("--format")
    let most = invocation.count("--max-issues")
    return looks
      ? LookAnswer.print(looked, asJSON: asJSON, most: most)
      : FileAnswer.print(settled, command: "settle", asJSON: asJSON, most: most)
  }

  private static func settle(_ file: String, _ terms: SubmitTerms, _ submission: FileSubmission) -> FileAnswer {
    do throws(RunFault) {
      let result = try submission.settle(terms.input(file))
      if result.hadNothingToSettle { Console.message("billdrop: \(file): no row is unknown, nothing to settle") }
      return .result(result, ExitStatus(result))
    } catch {
      explain(error)
      return .fault(file: file, error)
    }
  }

  private static func look(_ file: String, _ terms: SubmitTerms, _ submission: FileSubmission) -> LookAnswer {
    var answer = LookAnswer(file: file)
    do throws(RunFault) {
      let rows = LookedRows()
      let stop = try submission.look(terms.input(file)) { rows.list.append($0) }
      answer.rows = rows.list.sorted { $0.record < $1.record }
      answer.stop = stop == .finished ? nil : stop
    } catch {
      explain(error)
      answer.fault = error
    }
    return answer
  }

  /// What a missing file means here.
  private static func explain(_ fault: RunFault) {
    guard case .intake(.input(.notFound(_))) = fault else { return }
    Console.message("billdrop: settling needs the file as it was submitted: only its rows tell what was asked for")
  }

  private final class LookedRows {
    var list: [LookedRow] = []
  }
}
