import BillIntake
import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import MomentAPI
import Transport

extension SubmitRun {
  /// Makes the turn durable, and only then hands its requests to the client (rule 3).
  func commit() throws(SubmitFault) {
    guard try takeInBatch(), !gathers() else { return }
    gathering.stop()
    var refused: [RefusedClaim] = []
    if !options.scope.writes {
      batch.removeAll()
    } else if !batch.isEmpty(butForRequests: true) {
      (lookAhead, takenIn) = (options.lookAhead(after: takenIn), 0)
      released.removeAll()
      if let committer { return handOver(to: committer) }
      refused = try commitHere()
    }
    guard !outbox.isEmpty || !refused.isEmpty else { return }
    let requests = try giveWay(refused, takeOutbox())
    handOn(refused.isEmpty ? requests : requests + takeOutbox())
  }

  /// Commits in this turn.
  private func commitHere() throws(SubmitFault) -> [RefusedClaim] {
    let refused: [RefusedClaim]
    CrashPoint.pass(.committing)
    do throws(LedgerError) {
      refused = try ledger.commit(batch, fileRun: fileRun, now: now.wall)
    } catch { throw .ledger(error) }
    CrashPoint.pass(.committed)
    batch.removeAll()
    return refused
  }

  /// The requests to hand out: given away, so that who takes them has them for itself. The next turn has room for as many.
  func takeOutbox() -> [HTTPRequest] {
    var requests: [HTTPRequest] = []
    requests.reserveCapacity(outbox.count)
    swap(&requests, &outbox)
    return requests
  }

  /// Hands requests to the client: all that they need is durable.
  func handOn(_ requests: [HTTPRequest]) {
    guard !requests.isEmpty else { return }
    connection.wire.submit(requests)
    CrashPoint.pass(.handed)
  }

  /// Rows whose reference, or party, another one has by the ledger (rule 14): of the requests that waited for the commit
  /// theirs don't go out. Returns the others.
  func giveWay(
    _ refused: [RefusedClaim], _ requests: consuming [HTTPRequest]
  ) throws(SubmitFault) -> [HTTPRequest] {
    guard !refused.isEmpty else { return requests }
    // All of them are let go before anything is decided anew: nobody takes one for a row under way.
    var rows: [(RefusedClaim, ActiveRow)] = []
    for claim in refused { if let row = active.removeValue(forKey: claim.record) { rows.append((claim, row)) } }
    let records = Set(rows.map(\.0.record))
    let ids = Set(pending.lazy.filter { records.contains($0.value.record) }.map(\.key))
    for id in ids { pending[id] = nil }
    ration?.comeBack(ids.count, wereAdmitted: false)
    requests.removeAll { ids.contains($0.id) }
    for (claim, row) in rows { try giveWay(claim, row) }
    return requests
  }

  private func giveWay(_ claim: RefusedClaim, _ row: ActiveRow) throws(SubmitFault) {
    experience.ended(claim.record)
    try release(row, holdsClaims: false)
    switch claim.reason {
    case .bill(_, .settled(_, _, let content)):
      guard case .credit(let credit) = row.operation else { return try compare(row, .settledElsewhere) }
      note(addedElsewhere(row.record, credit, content, epoch: row.machine.epoch))
      try leaveLane(row.record)
    case .bill(_, .claimed): try compare(row, .claimedElsewhere)
    case .party: try accept([try decide(row.plannable)])
    case .change:
      heldBack += 1
      closeLane(row.record)
    // A settled row whose sum was looked at again: the newer file's balance stands.
    case .newerBalance where row.machine.stake.raised != nil: try leaveLane(row.record)
    case .newerBalance:
      note(
        behindNewerBalance(
          row.record, row.operation, epoch: row.machine.epoch, attempts: row.machine.attempts - row.machine.attempt,
          by: .lookup))
      try leaveLane(row.record)
    }
  }

  /// Another file's row has used the reference of one that adds to a balance: nothing is added.
  func addedElsewhere(_ record: Int, _ credit: Credit, _ content: Int64?, epoch: Int) -> RowSettlement {
    let isSame = content == contents.number(of: credit)
    return RowSettlement(
      record: record, reference: credit.party.key.reference, claim: BillOperation.credit(credit).claim,
      outcome: isSame ? .unchanged : .conflict, code: isSame ? .amountToBalance : .apiConflict,
      field: isSame ? nil : "external_reference",
      message: isSame
        ? "another file added it to the balance before, by the ledger"
        : "another file has used this reference for something else, by the ledger",
      epoch: epoch, attempts: 0, confirmedBy: .ledger)
  }

  /// Rule 18: the row is not sent.
  func behindNewerBalance(
    _ record: Int, _ operation: BillOperation, epoch: Int, attempts: Int, by confirmation: RowSettlement.Confirmation
  ) -> RowSettlement {
    RowSettlement(
      record: record, reference: operation.stake.reference, claim: operation.claim, outcome: .conflict,
      code: .balanceNewerFile, field: operation.amountPath,
      message: operation.addition == nil
        ? "a newer file has set this balance already, or added to it"
        : "a newer file has set this balance already, or added to it before the ledger kept which of the two: the amount "
          + "isn't added to it",
      epoch: epoch, attempts: attempts, confirmedBy: confirmation)
  }

  private func compare(_ row: ActiveRow, _ origin: SubmissionOrigin) throws(SubmitFault) {
    let machine = row.operation.machine(
      row.record, row.machine.form, origin, history: try history(of: row.operation))
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
