import BillLedger
import BillModel
import DurableFiles
import FileRuns
import SubmitPass

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
      do throws(LedgerError) { ledgers.append(try observed(path)) } catch { throw .ledger(error) }
    }
    return ledgers
  }

  /// One of an older version is brought up to date first, as the next run would do, unless a process has it or it may not
  /// be written; one at a server never, since other machines go on with the older billdrop.
  private static func observed(_ path: String) throws(LedgerError) -> Ledger {
    do throws(LedgerError) { return try Ledger(observing: path) } catch {
      guard case .olderSchema = error, LedgerURL(path) == nil else { throw error }
      try renew(path, orElse: error)
      return try Ledger(observing: path)
    }
  }

  /// - Parameter older: What is thrown where only the next run can do it.
  private static func renew(_ path: String, orElse older: LedgerError) throws(LedgerError) {
    do throws(LedgerError) { _ = try Ledger(existing: path, now: .now) } catch {
      switch error {
      // The next run would end at it, too.
      case .corrupted, .diskFull, .sqlite, .connectionLost: throw error
      default: throw older
      }
    }
  }

  /// The one of those that know a file; `nil` where none does, and a fault that names them where several do.
  static func only(_ ledgers: [Ledger], _ file: String) throws(RunFault) -> Ledger? {
    guard ledgers.count < 2 else { throw .severalLedgers(file: file, paths: ledgers.map(\.path)) }
    return ledgers.first
  }
}
