import BillIntake
import BillModel
import FileRuns
import SchemaRules

/// `billdrop show`.
enum ShowCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    do throws(RunFault) {
      var isLost = false
      let outcome = try show(invocation) { bytes in
        if Console.answer(bytes) { return Interrupts.count == 0 }
        isLost = !Console.readerHasLeft
        return false
      }
      if isLost {
        Console.message("billdrop: standard output can't be written: records are missing from it")
        return .inputOutput
      }
      guard outcome.fileFindings.isEmpty else { return .fileRejected }
      return outcome.recordFindings > 0 ? .someRejected : .accepted
    } catch {
      Console.message("billdrop: \(invocation.operands[0]): \(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func show(
    _ invocation: Invocation, write: (UnsafeRawBufferPointer) -> Bool
  ) throws(RunFault) -> ShowOutcome {
    let options = ShowOptions(isRaw: invocation.has("--raw"), limit: invocation.count("--limit"))
    let intake = try invocation.intake(options: IntakeOptions(today: Invocation.today))
    Interrupts.watch()
    do throws(IntakeError) {
      return try intake.show(
        Place.input(invocation.operands[0]), options: options, isCancelled: { Interrupts.count > 0 }, onFinding: tell,
        write: write)
    } catch {
      throw .intake(error)
    }
  }

  private static func tell(_ finding: Finding) {
    let line = finding.line > 0 ? "line \(finding.line): " : ""
    Console.message("\(line)\(finding.message) \(finding.hint) [\(finding.code.rawValue)]")
  }
}
