import BillReports
import FileRuns

/// `billdrop merge-reports`.
enum MergeReportsCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let name = invocation.text("--name") ?? "all-parts"
    let run = MergeRun(
      paths: invocation.operands, name: name, expected: invocation.count("--parts"),
      reports: invocation.text("--reports"))
    let answer: FileAnswer
    Interrupts.watch(secondEnds: true)
    do throws(RunFault) {
      let result = try run.run { Interrupts.count > 0 }
      answer = .result(result, ExitStatus(result.summary.verdict))
    } catch {
      answer = .fault(file: name, error)
    }
    return FileAnswer.print([answer], command: "merge-reports", asJSON: invocation.has("--format"))
  }
}
