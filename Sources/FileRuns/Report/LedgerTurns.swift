import BillLedger
import SubmitPass
import Synchronization

/// A ledger from which two threads read, one at a time. Nobody else uses it meanwhile.
final class LedgerTurns: @unchecked Sendable {
  private let ledger: Ledger
  private let turn = Mutex(())

  init(_ ledger: Ledger) { self.ledger = ledger }

  /// A reader of a file run's rows, to be asked while it is this thread's turn.
  func rowReader(_ fileRun: FileRunID) -> LedgerRowReader { LedgerRowReader(ledger, fileRun) }

  /// Reads something, when it is this thread's turn.
  func take<Value: Sendable>(
    _ work: (Ledger) throws(LedgerError) -> Value
  ) throws(LedgerError) -> Value {
    try turn.withLock { _ throws(LedgerError) in try work(ledger) }
  }
}
