import BillLedger
import DurableFiles
import FileRuns

/// The ledgers that a command looks at: the one that is named, else all where they usually lie.
enum Ledgers {
  static func paths(_ invocation: Invocation) -> [String] {
    invocation.text("--ledger").map { [$0] } ?? LedgerPath.all(environment: Place.environment)
  }

  /// Opens them to look at them.
  static func observed(_ invocation: Invocation) throws(RunFault) -> [Ledger] { try observed(paths(invocation)) }

  /// Opens those at these paths to look at them.
  static func observed(_ paths: [String]) throws(RunFault) -> [Ledger] {
    var ledgers: [Ledger] = []
    for path in paths {
      try LedgerPath.mustExist(path)
      do throws(LedgerError) { ledgers.append(try Ledger(observing: path)) } catch { throw .ledger(error) }
    }
    return ledgers
  }

  /// The one of those that know a file; `nil` where none does, and a fault that names them where several do.
  static func only(_ ledgers: [Ledger], _ file: String) throws(RunFault) -> Ledger? {
    guard ledgers.count < 2 else { throw .severalLedgers(file: file, paths: ledgers.map(\.path)) }
    return ledgers.first
  }
}
