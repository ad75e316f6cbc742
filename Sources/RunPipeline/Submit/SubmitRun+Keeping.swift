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
    case .createdWithCustomer, .createdWithAccount, .created, .refused, .unchanged, .paid, .known, .conflict, .voided,
      .otherCustomer, .lost:
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
    switch plan[departure.row.record] {
    case .unchanged, .paid, .known, .conflict, .voided, .lost:
      return ActiveRow(departure, looksFirst: false, billLook: .planned)
    case .otherCustomer: return ActiveRow(departure, looksFirst: true)
    case .created: return ActiveRow(departure, looksFirst: !departure.carries.isEmpty)
    case .createdWithAccount: return ActiveRow(departure, looksFirst: departure.form == .nested)
    case .createdWithCustomer, .refused, .rejected, .notSent, .settled, nil:
      return ActiveRow(departure, looksFirst: false)
    }
  }

  /// Holds what a row would do next against the plan. True where it isn't what was foreseen, and must not be done: the
  /// row is taken back, and the run stops.
  func strays(_ step: SubmissionStep, _ row: ActiveRow) throws(SubmitFault) -> Bool {
    guard let planned = options.plan?[row.record], case .fresh(let first, _) = row.machine.origin else {
      return false
    }
    switch step.effect {
    case .send(let sending):
      let now = PlannedRow(sentAs: sending.form)
      guard sending.attempt == 1, now != planned, planned != .refused else { return false }
      if sending.epoch > first, let withdrawal = row.machine.withdrawalInsteadOfSending {
        batch.withdrawals.append(withdrawal)
      }
    case .leave where planned.findsBill: break
    case .getBill, .getParty, .wait, .settle, .giveUp, .withdraw, .make, .readAgain, .leave, .stopRun, .none:
      return false
    }
    row.learned(step.learned)
    try learn(step.learned)
    active[row.record] = nil
    stray(row.record, row.operation.reference, words(planned, step.effect))
    return true
  }

  /// Holds what became of a row against the plan, and stops where it isn't what was foreseen.
  func hold(_ settlement: RowSettlement, seen: ActiveRow?) {
    guard let planned = options.plan?[settlement.record] else { return }
    let now = PlannedRow(settlement, seen: seen?.seen)
    guard now != planned, now.outcome != planned.outcome || planned.findsBill || planned == .otherCustomer else {
      return
    }
    if planned == .known, now.outcome == .unchanged { return }
    if now == .refused, options.mostRefused != nil { return }
    if case .resumed = seen?.machine.origin, now.outcome == .created { return }
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
    case .unchanged: "is there, unchanged and unpaid"
    case .paid: "is there, unchanged and paid"
    case .known: "is there, as the ledger has it"
    case .conflict: "is there, and different"
    case .voided: "is there, voided"
    case .otherCustomer: "is in conflict, its account being another customer's"
    case .lost: "is in conflict, as the API has lost it"
    case .refused: "is refused"
    case .rejected: "is rejected"
    case .notSent: "is not sent"
    case .settled: "was settled before"
    }
  }

  /// After "it", what became of it.
  fileprivate var told: String {
    switch self {
    case .createdWithCustomer, .createdWithAccount, .created: "was created"
    case .unchanged: "is there, unchanged and unpaid"
    case .paid: "is there, and paid"
    case .known: "is there, as the ledger has it"
    case .conflict: "is there, and different"
    case .otherCustomer, .lost: "is in conflict"
    case .voided: "is there, voided"
    case .refused: "was refused by the API"
    case .rejected: "was rejected"
    case .notSent: "was not sent"
    case .settled: "was settled before"
    }
  }
}
