import BillLedger
import BillModel
import BillSubmission

/// Rows on bills that other rows are still to raise, or have begun to change: what became of these isn't known.
extension SubmitRun {
  /// Whether a row that has begun nothing would begin, or have its end by what it saw, while another row is at its bill or
  /// at one of its series: then it stays unsent. What it saw isn't as that row leaves it, and what that row does after its
  /// void, or would do to a bill that was raised in its place meanwhile, the bills don't show. A plan looks at other files'
  /// rows alone: those of its own go before.
  func waitsForAnother(_ step: SubmissionStep, _ row: ActiveRow) throws(SubmitFault) -> Bool {
    guard !row.hasBegun, options.scope != .look, row.operation.isOnABill else { return false }
    switch step.effect {
    case .settle, .send: break
    case .getBill, .getParty, .wait, .giveUp, .withdraw, .make, .readAgain, .stands, .leave, .stopRun, .none:
      return false
    }
    do throws(LedgerError) {
      let own = RowAddress(fileRun: fileRun, record: row.record)
      var holder = try ledger.rowUnderWay(atBill: row.operation.reference, in: row.operation.series, beside: own)
      for first in try branches(of: row.operation) where holder == nil {
        holder = try ledger.rowUnderWay(atBill: first, in: row.operation.series, beside: own)
      }
      guard let holder else { return false }
      guard holder.row.fileRun != fileRun else { return options.scope.writes }
      try busy.note(holder.bill) { () throws(LedgerError) in try fileName(of: holder.row) }
      return true
    } catch { throw .ledger(error) }
  }

  /// The bills by which those are called that have taken the place of a row's own one for rows that named another.
  private func branches(of operation: BillOperation) throws(LedgerError) -> [String] {
    guard let series = operation.series else { return [] }
    return try ledger.corrections(of: operation.reference, by: series).branch
      .compactMap { series.first(of: $0)?.reference }
  }

  /// Whether a row would be refused for a bill that the API doesn't have, and that another row is still to raise: then it
  /// stays unsent, so that the same command goes on with it once that row is through.
  func waitsForItsBill(_ step: SubmissionStep, _ row: ActiveRow) throws(SubmitFault) -> Bool {
    guard case .settle(let settlement) = step.effect, settlement.outcome == .refused, settlement.billID == nil,
      settlement.confirmedBy == .lookup, row.machine.attempts == 0, options.scope.writes, row.operation.isOnABill
    else { return false }
    let reference = row.machine.askedBill
    do throws(LedgerError) {
      guard case .claimed(let holder) = try ledger.bill(reference),
        holder != RowAddress(fileRun: fileRun, record: row.record)
      else { return false }
      if holder.fileRun != fileRun {
        try unraised.note(reference) { () throws(LedgerError) in try fileName(of: holder) }
      }
    } catch { throw .ledger(error) }
    return true
  }

  private func fileName(of row: RowAddress) throws(LedgerError) -> String {
    try ledger.fileRun(row.fileRun)?.file.name ?? ""
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
