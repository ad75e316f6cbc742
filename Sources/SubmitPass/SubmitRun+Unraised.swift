import BillLedger
import BillModel
import BillSubmission

/// Rows on bills that this ledger is still to raise: a row of another file asked for one, and its end isn't known.
extension SubmitRun {
  /// Whether a row would be refused for a bill that the API doesn't have, and that another file is still to raise: then it
  /// stays unsent, so that the same command goes on with it once that file is through.
  func waitsForItsBill(_ step: SubmissionStep, _ row: ActiveRow) throws(SubmitFault) -> Bool {
    guard case .settle(let settlement) = step.effect, settlement.outcome == .refused, settlement.billID == nil,
      settlement.confirmedBy == .lookup, row.machine.attempts == 0, options.scope.writes, row.operation.isOnABill
    else { return false }
    let reference = row.machine.askedBill
    do throws(LedgerError) {
      guard case .claimed(let holder) = try ledger.bill(reference), holder.fileRun != fileRun else { return false }
      unraised.note(reference, file: try ledger.fileRun(holder.fileRun)?.file.name ?? "")
    } catch { throw .ledger(error) }
    return true
  }
}

extension BillOperation {
  /// Whether it changes a bill that was raised before.
  fileprivate var isOnABill: Bool {
    switch kind {
    case .payment, .paymentAdded, .void, .correct: true
    case .bill, .customer, .account, .customerBalance, .accountBalance, .mixed: false
    }
  }
}
