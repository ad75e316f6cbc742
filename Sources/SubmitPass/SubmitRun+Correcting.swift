import BillLedger
import BillModel
import BillPlanning

/// Corrections and voids, by what the ledger knows of their bills' series.
extension SubmitRun {
  /// What is known of a bill's series; of a plan what rows before it would raise is known too.
  func history(of operation: BillOperation) throws(SubmitFault) -> SeriesHistory {
    guard let series = operation.series else { return SeriesHistory() }
    do throws(LedgerError) {
      var history = try ledger.corrections(of: operation.reference, by: series)
      var last = history.branch.last ?? series.name(of: operation.reference, history.corrections)
      while let next = foreseenBills.inPlace(of: last) {
        history.goOn(to: next, isNext: next == series.name(of: operation.reference, history.corrections + 1))
        last = next
      }
      history.isVoidedByUs = try isVoidedByUs(operation)
      return history
    } catch { throw .ledger(error) }
  }

  /// Whether an earlier try of a correction has voided its bill, and raised nothing in its place. A row of another series
  /// may have come to the bill too: what it is to raise has another name.
  private func isVoidedByUs(_ operation: BillOperation) throws(LedgerError) -> Bool {
    guard case .correct(let correction) = operation else { return false }
    let reference = correction.bill.reference
    guard let change = try ledger.change(of: .bill, reference),
      case .settled(let settlement) = try ledger.row(change.row)?.state,
      settlement.reference == reference
        || correction.series.number(of: settlement.reference, correcting: reference) != nil
    else { return false }
    return settlement.code == .correctVoidedNotRaised
  }

  /// A row that has voided its bill, and that goes again since nothing was raised in its place: where another row has
  /// corrected the bill since, what stands by that isn't voided for this one, which has its end.
  func isRaisedElsewhere(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    guard case .correct(let correction) = row.operation, row.epoch > 1, options.scope.writes,
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
