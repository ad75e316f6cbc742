import BillLedger
import BillModel
import BillPlanning
import BillSubmission

/// A run by a plan: what was foreseen is done, and where a row turns out otherwise the run stops.
///
/// A row that was foreseen to find its bill is only looked at. A row that was foreseen to be created is held against
/// the plan before its first request leaves, by the parties that it would create, and again by its answer.
extension SubmitRun {
  /// Whether a new row goes, by the plan; where the plan has no place for it, the run stops.
  func mayGo(_ row: PlannableRow) -> Bool {
    guard let plan = options.plan else { return true }
    switch plan[row.record] {
    case .createdWithCustomer, .createdWithAccount, .created, .updated, .voids, .corrects, .refused, .unchanged, .paid,
      .known, .conflict, .voided, .otherCustomer, .lost, .skipped:
      return true
    case .notSent:
      heldBack += 1
      return false
    case .settled:
      stray(
        row.record, row.operation.reference,
        "the plan was made when an earlier run had settled it, and the "
          + "ledger doesn't know that run")
      return false
    case .rejected, nil:
      stray(row.record, row.operation.reference, "the plan says that our rules reject it, and they don't")
      return false
    }
  }

  /// The row as it goes by the plan.
  func planned(_ departure: Departure, by plan: PlannedRows) throws(SubmitFault) -> ActiveRow {
    if let row = try knownRow(departure) { return row }
    guard departure.row.operation.bill != nil else {
      return ActiveRow(departure, looksFirst: false, history: try history(of: departure.row.operation))
    }
    switch plan[departure.row.record] {
    case .unchanged, .paid, .known, .conflict, .voided, .lost:
      return ActiveRow(departure, looksFirst: false, billLook: .planned)
    case .otherCustomer: return ActiveRow(departure, looksFirst: true)
    case .created: return ActiveRow(departure, looksFirst: !departure.carries.isEmpty)
    case .createdWithAccount: return ActiveRow(departure, looksFirst: departure.form == .nested)
    case .createdWithCustomer, .updated, .voids, .corrects, .refused, .rejected, .skipped, .notSent, .settled, nil:
      return ActiveRow(departure, looksFirst: false)
    }
  }

  /// Holds what a row would do next against the plan. True where it isn't what was foreseen, and must not be done: the
  /// row is taken back, and the run stops.
  func strays(_ step: SubmissionStep, _ row: ActiveRow) throws(SubmitFault) -> Bool {
    guard let planned = options.plan?[row.record], case .fresh(let first, _) = row.machine.origin else {
      return false
    }
    if row.operation.bill == nil { return try straysFromChange(step, row, planned) }
    switch step.effect {
    // What was paid of a bill before is noted once the bill itself has come about as it was foreseen.
    case .send(let sending) where sending.form == .change: return false
    case .send(let sending):
      let now = PlannedRow(sentAs: sending.form)
      guard sending.attempt == 1, now != planned, planned != .refused else { return false }
      if sending.epoch > first, let withdrawal = row.machine.withdrawalInsteadOfSending {
        batch.withdrawals.append(withdrawal)
      }
    case .leave where planned.findsBill: break
    case .getBill, .getParty, .wait, .settle, .giveUp, .withdraw, .make, .readAgain, .stands, .leave, .stopRun, .none:
      return false
    }
    row.learned(step.learned)
    try learn(step.learned)
    active[row.record] = nil
    stray(row.record, row.operation.reference, words(planned, step.effect))
    return true
  }

  /// A row that changes something is held against the plan before its first request, where it finds out first what is
  /// there; what becomes of others is held against it when they have ended.
  private func straysFromChange(
    _ step: SubmissionStep, _ row: ActiveRow, _ planned: PlannedRow
  ) throws(SubmitFault) -> Bool {
    switch step.effect {
    case .send where (!planned.sends || planned == .refused) && row.machine.attempts <= 1:
      stray(row.record, row.operation.reference, "the plan says that it \(planned.foretold), and it would be changed")
    case .make where planned == .updated:
      stray(
        row.record, row.operation.reference, "the plan says that it \(planned.foretold), and it isn't there any more")
    case .send, .getBill, .getParty, .wait, .settle, .giveUp, .withdraw, .make, .readAgain, .stands, .leave, .stopRun,
      .none:
      return false
    }
    active[row.record] = nil
    closeLane(row.record)
    return true
  }

  /// Holds what became of a row against the plan, and stops where it isn't what was foreseen.
  func hold(_ settlement: RowSettlement, _ operation: BillOperation, seen: ActiveRow?) {
    guard let planned = options.plan?[settlement.record] else { return }
    let now = PlannedRow(settlement, seen: seen?.sights.seen, of: operation)
    if operation.bill == nil, now.outcome == planned.outcome { return }
    guard now != planned, now.outcome != planned.outcome || planned.findsBill || planned == .otherCustomer else {
      return
    }
    if planned == .known, now.outcome == .unchanged { return }
    if now == .refused, options.mostRefused != nil { return }
    if case .resumed = seen?.machine.origin, now.sends { return }
    let why = settlement.message.map { ": \($0)" } ?? ""
    stray(
      settlement.record, settlement.reference, "the plan says that it \(planned.foretold), and it \(now.told)\(why)")
  }

  private func words(_ planned: PlannedRow, _ effect: SubmissionEffect) -> String {
    guard case .send(let sending) = effect else {
      return "the plan says that it \(planned.foretold), and the API doesn't have it any more"
    }
    let meant = "the plan says that it \(planned.foretold)"
    switch (planned, PlannedRow(sentAs: sending.form)) {
    case (.createdWithCustomer, .createdWithAccount): return meant + ", and the customer is there now"
    case (.createdWithCustomer, _): return meant + ", and the party is there now"
    case (.createdWithAccount, .created): return meant + ", and the account is there now"
    case (.createdWithAccount, _): return meant + ", and the customer isn't there any more"
    case (.created, .createdWithAccount): return meant + ", and the account isn't there any more"
    case (.created, .createdWithCustomer): return meant + ", and the party isn't there any more"
    default: return meant + ", and it would be sent"
    }
  }

  private func stray(_ record: Int, _ reference: String, _ words: String) {
    end(.strayed(record: record, reference: reference, words))
  }
}

extension PlannedRow {
  /// After "it", what a plan says.
  fileprivate var foretold: String {
    switch self {
    case .createdWithCustomer: "is created with a new customer"
    case .createdWithAccount: "is created with a new account of a customer who is there"
    case .created: "is created on a party that is there"
    case .updated: "is changed"
    case .voids: "is voided by the row"
    case .corrects: "is voided, and raised again"
    case .unchanged: "is there, unchanged and unpaid"
    case .paid: "is there, unchanged and paid"
    case .known: "is there, as the ledger has it"
    case .conflict: "is there, and different"
    case .voided: "is there, voided"
    case .otherCustomer: "is in conflict, its account being another customer's"
    case .lost: "is in conflict, as the API has lost it"
    case .refused: "is refused"
    case .rejected: "is rejected"
    case .skipped: "is skipped"
    case .notSent: "is not sent"
    case .settled: "was settled before"
    }
  }

  /// After "it", what became of it.
  fileprivate var told: String {
    switch self {
    case .createdWithCustomer, .createdWithAccount, .created: "was created"
    case .updated: "was changed"
    case .voids: "was voided"
    case .corrects: "was voided, and raised again"
    case .unchanged: "is there, unchanged and unpaid"
    case .paid: "is there, and paid"
    case .known: "is there, as the ledger has it"
    case .conflict: "is there, and different"
    case .otherCustomer, .lost: "is in conflict"
    case .voided: "is there, voided"
    case .refused: "was refused by the API"
    case .rejected: "was rejected"
    case .skipped: "was skipped"
    case .notSent: "was not sent"
    case .settled: "was settled before"
    }
  }
}
