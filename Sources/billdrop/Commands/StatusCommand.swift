import BillLedger
import BillModel
import BillReports
import DurableFiles
import FileRuns
import Hashing
import RunConfiguration

/// `billdrop status`.
enum StatusCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    do throws(RunFault) {
      let configuration = try invocation.text("--config").map { (path) throws(RunFault) in
        try Invocation.configuration(path)
      }
      var reports: [StatusReport] = []
      for ledger in try ledgers(invocation, configuration) {
        do throws(LedgerError) {
          reports.append(
            try StatusReport(
              ledger, of: invocation.operands.first, most: invocation.count("--limit") ?? 10,
              feeds: configuration?.feeds(over: ledger) ?? [], configuration: invocation.text("--config") ?? "FILE"))
        } catch { throw .ledger(error) }
      }
      return tell(reports, invocation)
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }

  /// Those of the configuration, as far as they are there, where no other is named.
  private static func ledgers(
    _ invocation: Invocation, _ configuration: Configuration?
  ) throws(RunFault) -> [Ledger] {
    guard let configuration, !invocation.has("--ledger") else { return try Ledgers.observed(invocation) }
    let paths = configuration.ledgerPaths(environment: Place.environment)
    var found: [String] = []
    for path in paths {
      if try LedgerPath.isThere(path) {
        found.append(path)
      } else {
        Console.message(
          "billdrop: there is no ledger at \(Masking.oneLine(path)) yet: billdrop run makes it when it first looks.")
      }
    }
    return try Ledgers.observed(found)
  }

  private static func tell(_ reports: [StatusReport], _ invocation: Invocation) -> ExitStatus {
    if let name = invocation.operands.first, !reports.contains(where: \.knowsIt) {
      Console.message("billdrop: no ledger knows a file or feed \(Masking.cut(name)).")
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
