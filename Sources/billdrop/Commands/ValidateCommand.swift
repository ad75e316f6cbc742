import BillIntake
import BillLayouts
import BillModel
import BillReports
import FileRuns

/// `billdrop validate`.
enum ValidateCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    guard !invocation.has("--references") || invocation.text("--reports") != nil else {
      Console.message("billdrop: --references writes into the report: say where with --reports DIR.")
      return .usage
    }
    let run: ValidateRun
    let intake: Intake
    do throws(RunFault) {
      intake = try invocation.intake(
        options: IntakeOptions(
          threads: invocation.count("--threads"), memory: invocation.size("--memory"),
          today: invocation.day("--sent-on") ?? Invocation.today))
      if invocation.has("--references"), intake.layout.operation != .bill {
        throw .billsOnly("list of references", intake.layout.operation)
      }
      run = ValidateRun(
        intake: intake, reports: invocation.text("--reports"), temporaryFolder: Place.temporaryFolder,
        examples: invocation.examples, listsReferences: invocation.has("--references"))
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
    Interrupts.watch(secondEnds: true)
    let answers = invocation.operands.map { file -> FileAnswer in
      MendedNotice.tell(of: file, intake)
      let line = CheckingLine(isJSON: invocation.has("--progress"))
      defer { line.end() }
      do throws(RunFault) {
        let result = try run.run(Place.input(file), isCancelled: { Interrupts.count > 0 }) { progress in
          line.show(progress)
          return Interrupts.count == 0
        }
        if result.spilledBytes > 0 {
          let spilled = (result.spilledBytes + 999_999) / 1_000_000
          Console.message("billdrop: \(file): moved \(spilled) MB to temporary files to stay within --memory.")
        }
        return .result(result, ExitStatus(result.summary.verdict))
      } catch {
        return .fault(file: file, error)
      }
    }
    if let reports = invocation.text("--reports") { ReportIndex.renew(after: answers, in: reports) }
    return FileAnswer.print(
      answers, command: "validate", asJSON: invocation.has("--format"), most: invocation.count("--max-issues"),
      layout: invocation.text("--layout"))
  }
}
