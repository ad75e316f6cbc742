import BillLedger
import BillModel
import BillReports
import Hashing
import RunPipeline

/// `billdrop status`.
enum StatusCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    do throws(RunFault) {
      var reports: [StatusReport] = []
      for ledger in try Ledgers.observed(invocation) {
        do throws(LedgerError) {
          reports.append(
            try StatusReport(ledger, of: invocation.operands.first, most: invocation.count("--limit") ?? 10))
        } catch { throw .ledger(error) }
      }
      return tell(reports, invocation)
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func tell(_ reports: [StatusReport], _ invocation: Invocation) -> ExitStatus {
    if let name = invocation.operands.first, !reports.contains(where: { !$0.runs.isEmpty || $0.now != nil }) {
      Console.message("billdrop: no ledger knows a file \(Masking.cut(name)).")
      return .noInput
    }
    var text: String
    if invocation.has("--format") {
      var json = JSONText()
      json.object { json in json.array("ledgers") { list in for report in reports { report.write(to: &list) } } }
      text = json.text + "\n"
    } else {
      text = reports.map { StatusText(report: $0, screen: Console.answersScreen).text }.joined(separator: "\n")
      if reports.isEmpty { text = "There is no ledger yet: nothing was submitted. (--ledger names one elsewhere.)\n" }
    }
    return Console.answer(text) || Console.readerHasLeft ? .accepted : .inputOutput
  }
}
