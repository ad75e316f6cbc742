import BillLedger
import BillModel
import BillPlanning

/// Corrections whose bill an earlier try has voided, and raised nothing in its place.
extension SubmitRun {
  /// Whether an earlier try of a correction has voided its bill, and raised nothing in its place.
  func isVoidedByUs(_ operation: BillOperation) throws(SubmitFault) -> Bool {
    guard case .correct(let correction) = operation else { return false }
    do throws(LedgerError) {
      guard let change = try ledger.change(of: .bill, correction.bill.reference),
        case .settled(let settlement) = try ledger.row(change.row)?.state
      else { return false }
      return settlement.code == .correctVoidedNotRaised
    } catch { throw .ledger(error) }
  }

  /// A row that has voided its bill, and that goes again since nothing was raised in its place: where another row has
  /// corrected the bill since, what stands by that isn't voided for this one, which has its end.
  func isRaisedElsewhere(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    guard case .correct(let correction) = row.operation, row.epoch > 1, options.scope.writes, !options.retriesRefused,
      let theirs = try newerCorrection(of: correction, than: RowAddress(fileRun: fileRun, record: row.record))
    else { return false }
    let settlement = RowSettlement(
      record: row.record, reference: correction.bill.reference, claim: row.operation.claim, outcome: .conflict,
      code: .apiConflict, field: "external_reference",
      message: "the bill was voided for this row, and another row has raised \(theirs.reference) in its place since",
      billID: theirs.billID, epoch: row.epoch, attempts: row.priorAttempts, confirmedBy: .ledger)
    note(settlement)
    hold(settlement, row.operation, seen: nil)
    return true
  }

  /// What another row has raised in the place of a bill that `own` has voided; `nil` where none has. That row has claimed
  /// the bill for a void of its own, or else the reference under which `own` was to raise it.
  private func newerCorrection(
    of correction: Correction, than own: RowAddress
  ) throws(SubmitFault) -> RowSettlement? {
    do throws(LedgerError) {
      guard case .settled(let mine) = try ledger.row(own)?.state, mine.code == .correctVoidedNotRaised else {
        return nil
      }
      var other = try ledger.change(of: .bill, correction.bill.reference)?.row
      if mine.reference != correction.bill.reference,
        case .settled(_, by: let holder, _) = try ledger.bill(mine.reference)
      {
        other = holder
      }
      guard let other, other != own, case .settled(let theirs) = try ledger.row(other)?.state,
        theirs.outcome == .updated, theirs.claim == .newBill
      else { return nil }
      return theirs
    } catch { throw .ledger(error) }
  }
}
