import FileRuns
import SubmitPass

/// `billdrop plan`.
enum PlanCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    var answers: [FileAnswer] = []
    do throws(RunFault) {
      let line = ProgressLine(isJSON: invocation.has("--progress"))
      let terms = try SubmitTerms(invocation)
      let submission = try SubmitCommand.open(
        invocation, terms, TimeLimits(), CheckingLine(isJSON: invocation.has("--progress")), line, scope: .plan)
      defer { line.end() }
      for file in invocation.operands {
        let answer = plan(file, terms, submission, reports: invocation.text("--reports"))
        answers.append(answer)
        if answer.endsRun { break }
      }
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
    let rest = invocation.operands.dropFirst(answers.count)
    if !rest.isEmpty { Console.message("billdrop: not begun: \(rest.joined(separator: ", "))") }
    return FileAnswer.print(
      answers, command: "plan", asJSON: invocation.has("--format"), most: invocation.count("--max-issues"),
      layout: invocation.text("--layout"))
  }

  private static func plan(
    _ file: String, _ terms: SubmitTerms, _ submission: FileSubmission, reports: String?
  ) -> FileAnswer {
    do throws(RunFault) {
      let result = try submission.plan(terms.input(file), reports: reports)
      return .result(result, ExitStatus(result))
    } catch {
      return .fault(file: file, error)
    }
  }
}
