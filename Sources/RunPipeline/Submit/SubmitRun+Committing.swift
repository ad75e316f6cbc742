import BillIntake
import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import Transport

extension SubmitRun {
  /// Makes the turn durable, and only then hands its requests to the client (rule 3).
  func commit() throws(SubmitFault) {
    countDay()
    if !options.scope.writes {
      batch.removeAll()
    } else if !batch.isEmpty(butForRequests: true) {
      let refused: [RefusedClaim]
      CrashPoint.pass(.committing)
      do throws(LedgerError) {
        refused = try ledger.commit(batch, fileRun: fileRun, now: now.wall)
      } catch { throw .ledger(error) }
      CrashPoint.pass(.committed)
      batch.removeAll()
      released.removeAll()
      for claim in refused { try giveWay(claim) }
    }
    guard !outbox.isEmpty else { return }
    connection.wire.submit(outbox)
    CrashPoint.pass(.handed)
    outbox.removeAll(keepingCapacity: true)
  }

  /// A row whose reference, or party, another one has by the ledger (rule 14): its request doesn't go out.
  private func giveWay(_ claim: RefusedClaim) throws(SubmitFault) {
    guard let row = active.removeValue(forKey: claim.record) else { return }
    let ids = pending.filter { $0.value.record == claim.record }.keys
    for id in ids { pending[id] = nil }
    outbox.removeAll { ids.contains($0.id) }
    experience.ended(claim.record)
    try release(row, holdsClaims: false)
    switch claim.reason {
    case .bill(_, .settled): try compare(row, .settledElsewhere)
    case .bill(_, .claimed): try compare(row, .claimedElsewhere)
    case .party: accept([try decide(row.plannable)])
    case .change:
      heldBack += 1
      closeLane(row.record)
    case .newerBalance: noteNewerBalance(row)
    }
  }

  /// Rule 18: the row is not sent.
  private func noteNewerBalance(_ row: ActiveRow) {
    note(
      RowSettlement(
        record: row.record, reference: row.operation.reference, claim: row.operation.claim,
        outcome: .conflict, code: .balanceNewerFile, field: check.order.operation.amountPath,
        message: "a newer file has set this balance already", epoch: row.machine.epoch,
        attempts: row.machine.attempts - row.machine.attempt, confirmedBy: .lookup))
  }

  private func compare(_ row: ActiveRow, _ origin: SubmissionOrigin) throws(SubmitFault) {
    let machine = row.operation.machine(row.record, row.machine.form, origin)
    let other = ActiveRow(machine, carries: [])
    active[machine.record] = other
    try apply(.begin, to: other)
    if stop != nil { abandon(other) }
  }
}

extension ActiveRow {
  /// The row as it was before it was let go.
  fileprivate var plannable: PlannableRow {
    var row = PlannableRow(
      record: machine.record, operation: machine.operation, epoch: machine.epoch,
      priorAttempts: machine.attempts - machine.attempt, byteCount: machine.operation.estimatedBytes)
    row.doubt = machine.doubt
    return row
  }
}
