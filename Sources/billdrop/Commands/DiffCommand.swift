import BillIntake
import BillModel
import BillReports
import FileRuns
import Reconciling
import Tabular

/// `billdrop diff`.
enum DiffCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    Interrupts.watch(secondEnds: true)
    var line = CheckingLine(isJSON: invocation.has("--progress"))
    defer { line.end() }
    do throws(RunFault) {
      let options = IntakeOptions(
        threads: invocation.count("--threads"), memory: invocation.size("--memory") ?? 64 << 20)
      let new = try invocation.intake(options: options)
      let old = invocation.text("--old-layout") == nil ? new : try invocation.intake("--old-layout", options: options)
      let run = CompareRun(
        oldIntake: old, newIntake: new, reports: invocation.text("--reports"),
        temporaryFolder: Place.temporaryFolder, examples: 3, isCancelled: { Interrupts.count > 0 })
      let files = invocation.operands.map { Place.input($0) }
      var shown: Int64 = 0
      let result = try run.run(old: files[0], new: files[1]) { progress in
        // The second file begins: its pace is its own.
        if progress.bytes < shown { line = CheckingLine(isJSON: invocation.has("--progress")) }
        shown = progress.bytes
        line.show(progress)
      }
      return answer(result, asJSON: invocation.has("--format"))
    } catch {
      // Which of the two it is about.
      let file = if case .intake(.input(let input)) = error { Masking.oneLine(input.name) + ": " } else { "" }
      Console.message("billdrop: \(file)\(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func answer(_ result: CompareResult, asJSON: Bool) -> ExitStatus {
    switch result.ending {
    case .interrupted:
      Console.message("billdrop: interrupted, nothing was compared")
      return .stopped
    case .rejected(let name, let reason):
      Console.message("billdrop: \(Masking.oneLine(name)): the file as a whole is rejected: \(reason)")
      return .fileRejected
    case .compared(let comparison):
      let text = DiffText(comparison: comparison, result: result, screen: Console.answersScreen)
      let isTold = Console.answer(asJSON ? result.json(comparison, indents: false).text + "\n" : text.text)
      guard isTold else { return .inputOutput }
      return comparison.old.rejected + comparison.new.rejected > 0 ? .someRejected : .accepted
    }
  }
}
