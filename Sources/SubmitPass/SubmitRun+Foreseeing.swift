import BillIntake
import BillLedger
package import BillModel
import BillPlanning
import BillSubmission
package import MomentAPI

/// A run in the scope `plan`: what would become of each row, by the machine and the planner that submit it.
///
/// A row asks what its submission would find out, its bill first; where its machine would send, that is foreseen
/// instead, and the parties that the request would create count as there from then on. What the ledger knows isn't
/// asked, unless all is to be.
extension SubmitRun {
  /// A row whose bill the ledger has as the row asks for it: nothing need be asked. False where that isn't so.
  func foreseeFromLedger(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    guard options.scope == .plan else { return false }
    if case .credit(let credit) = row.operation, case .settled(_, _, let content) = try bill(credit.reference) {
      foresee(addedElsewhere(row.record, credit, content, epoch: row.epoch), of: row.operation)
      return true
    }
    if try isBehindNewerBalance(row) {
      foresee(
        behindNewerBalance(row.record, row.operation, epoch: row.epoch, attempts: row.priorAttempts, by: .ledger),
        of: row.operation)
      return true
    }
    guard !options.asksAll else { return false }
    guard case .raise(let wanted) = row.operation, case .settled(_, _, let content?) = try bill(wanted.reference),
      content == contents.number(of: wanted)
    else { return false }
    foresight.note(row.record, .known, questions: 1, isAsked: false)
    tally.outcomes[.unchanged, default: 0] += 1
    return true
  }

  /// Whether a row about a balance would come behind a newer file's (rule 18).
  private func isBehindNewerBalance(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    guard let party = row.operation.changedParty, row.operation.kind.setsBalance else { return false }
    do throws(LedgerError) {
      return try ledger.hasNewerBalance(
        of: ObjectKind(party.kind), party.reference, than: check.order.position,
        forAddition: row.operation.addition != nil)
    } catch { throw .ledger(error) }
  }

  /// A row that goes, to be asked about: where the ledger has its bill, as the submission would compare it.
  func foreseen(_ departure: Departure) throws(SubmitFault) -> ActiveRow {
    if let row = try knownRow(departure) { return row }
    if departure.row.operation.changedParty != nil { return try foreseenParty(departure) }
    return ActiveRow(
      departure, looksFirst: false, billLook: .foresight, history: try history(of: departure.row.operation))
  }

  /// A row whose bill another row has by the ledger: it is compared, and carries nothing. `nil` where none has it.
  func knownRow(_ departure: Departure) throws(SubmitFault) -> ActiveRow? {
    let row = departure.row
    guard row.operation.bill != nil else { return nil }
    let origin: SubmissionOrigin
    switch try bill(row.operation.reference) {
    case nil: return nil
    case .settled: origin = .settledElsewhere
    case .claimed: origin = .claimedElsewhere
    }
    try release(ActiveRow(departure, looksFirst: false), holdsClaims: false)
    return ActiveRow(row.operation.machine(row.record, departure.form, origin), carries: [])
  }

  func bill(_ reference: String) throws(SubmitFault) -> BillState? {
    do throws(LedgerError) { return try ledger.bill(reference) } catch { throw .ledger(error) }
  }

  /// Takes in what a row would do next, instead of doing it.
  func foresee(_ step: SubmissionStep, of row: ActiveRow) throws(SubmitFault) {
    row.learned(step.learned)
    try learn(step.learned)
    switch step.effect {
    case .getBill: if try !lookedUp(row) { try ask(row, .bill) }
    case .getParty(let key): try ask(row, .party(key))
    case .wait(let milliseconds):
      if stop == nil { due.push(row.record, due: now.monotonic(after: milliseconds)) }
    case .send(let sending) where row.operation.bill == nil: try carryOut(sending, row)
    case .send(let sending): try foresee(sending, row, adopted: step.learned)
    case .settle(let settlement): try foresee(settlement, row)
    case .giveUp(let reason, _):
      if case .resumed = row.machine.origin {
        try foreseeRepeat(row)
      } else {
        try foreseeNothing(reason, row)
      }
    case .withdraw(_, let reason): try foreseeNothing(reason, row)
    case .leave:
      if row.machine.origin == .claimedElsewhere || row.sights.history.isClaimed {
        noteNotSent(row.record, "a request of another file's row for this object has no known answer yet")
        try finish(row)
        try leaveLane(row.record)
      } else {
        try foreseeNothing("the API gave no usable answer", row)
      }
    case .stopRun(let problem, _):
      active[row.record] = nil
      end(problem.status == 404 ? .noSuchPath(origin: origin, problem) : .unauthorised(problem))
    case .make: try foreseeMaking(row)
    // What no row comes to of which nothing was sent.
    case .readAgain, .stands, .none: break
    }
  }

  /// A row that can't go since another row's fate isn't known.
  func noteNotSent(_ record: Int, _ reason: String) {
    foresight.note(
      record, .notSent, questions: 0, isAsked: false, reason: Foresight.Reason(code: nil, field: nil, message: reason))
    tally.outcomes[.notSent, default: 0] += 1
  }

  /// A row that the ledger's knowledge alone settles.
  func foresee(_ settlement: RowSettlement, of operation: BillOperation) {
    foresight.note(
      settlement.record, PlannedRow(settlement, seen: nil, of: operation), questions: 0, isAsked: false,
      reason: Foresight.Reason(code: settlement.code, field: settlement.field, message: settlement.message))
    tally.outcomes[settlement.outcome, default: 0] += 1
  }

  /// It would be sent now: the bill isn't there.
  private func foresee(_ sending: Sending, _ row: ActiveRow, adopted: [KnownParty]) throws(SubmitFault) {
    for party in row.carries { if try ledgerKnows(party) { return try foreseeRefusal(row, party) } }
    var unknownToLedger = false
    for party in adopted { if try !ledgerKnows(party.key) { unknownToLedger = true } }
    foresight.noteMade(row.carries)
    note(
      row, PlannedRow(sentAs: sending.form), questions: unknownToLedger ? row.questions - 1 : 0)
    active[row.record] = nil
    noteRaised(row, sending.form)
    try makeParties(of: row)
    try leaveLane(row.record)
  }

  /// Rows behind this one that are about its bill find it as it would be then.
  private func noteRaised(_ row: ActiveRow, _ form: BodyForm) {
    guard let bill = row.operation.bill else { return }
    var raised = RemoteBill(raising: bill, form)
    if case .raisePaid(let paid) = row.operation { raised = raised.paid(paid.amountPaid, Metadata()) }
    foreseenBills.note(raised, as: bill.reference, of: bill.reference)
  }

  /// The parties that a row would create count as there.
  private func makeParties(of row: ActiveRow) throws(SubmitFault) {
    let made = row.carries.map { parties.make($0) }
    guard !made.isEmpty else { return }
    try accept(try planner.learn(made) { (key) throws(SubmitFault) in try knowledge(of: key) })
  }

  /// The ledger names a party that the API doesn't have.
  private func foreseeRefusal(_ row: ActiveRow, _ party: PartyKey) throws(SubmitFault) {
    note(
      row, .refused, questions: 0,
      Foresight.Reason(
        code: .apiRefused, field: party.kind.rawValue,
        message: "the ledger knows the \(party.kind.rawValue) \(party.reference), and the API doesn't have it"))
    try finish(row)
    try leaveLane(row.record)
  }

  private func foresee(_ settlement: RowSettlement, _ row: ActiveRow) throws(SubmitFault) {
    if settlement.outcome == .created, let foresight = row.machine as? PartyForesight {
      return try foreseeMade(row, foresight.makes)
    }
    let planned = PlannedRow(settlement, seen: row.sights.seen, of: row.operation)
    if settlement.outcome == .updated { try standIn(for: row) }
    // What the ledger knows of the row's parties isn't asked for when it is submitted.
    let isKnown = options.asksAll && row.machine.origin == .settledElsewhere
    note(
      row, planned, questions: isKnown ? 1 : row.questions,
      Foresight.Reason(code: settlement.code, field: settlement.field, message: settlement.message))
    try finish(row)
    try leaveLane(row.record)
  }

  /// A row whose own request is sent again: under its key, or, once that is proved to be right, under a new one.
  private func foreseeRepeat(_ row: ActiveRow) throws(SubmitFault) {
    note(
      row, PlannedRow(sentAs: row.machine.form), questions: 0,
      Foresight.Reason(message: "a request for it has no known answer yet, and is sent again"))
    active[row.record] = nil
    try makeParties(of: row)
    try leaveLane(row.record)
  }

  func foreseeNothing(_ reason: String, _ row: ActiveRow) throws(SubmitFault) {
    foresight.noteUnasked(reason)
    try finish(row)
    try leaveLane(row.record)
  }

  func note(
    _ row: ActiveRow, _ planned: PlannedRow, questions: Int, _ reason: Foresight.Reason = Foresight.Reason()
  ) {
    let isChange = planned == .updated && row.operation.changedParty != nil
    let writes =
      row.operation.bill == nil
      ? Foresight.Writes(creations: row.sights.creations, changes: isChange ? 1 : row.sights.writes) : nil
    foresight.note(
      row.record, planned, questions: questions, isAsked: row.questions > 0, writes: writes, reason: reason)
    if let outcome = planned.outcome { tally.outcomes[outcome, default: 0] += 1 }
  }

  private func ledgerKnows(_ party: PartyKey) throws(SubmitFault) -> Bool {
    do throws(LedgerError) {
      if case .known = try ledger.party(party) { return true }
      return false
    } catch { throw .ledger(error) }
  }
}

extension PlannedRow {
  /// What a settlement stands for in a plan. `seen`: the bill as the API showed it for the row last.
  package init(_ settlement: RowSettlement, seen: RemoteBill?, of operation: BillOperation) {
    switch settlement.outcome {
    case .created: self = .created
    case .updated: self.init(changing: operation)
    case .unchanged where operation.bill == nil: self = .unchanged
    case .unchanged: self = seen?.isPaidOrPartPaid == true ? .paid : .unchanged
    case .conflict where operation.bill == nil: self = .conflict
    case .conflict: self.init(conflictOver: seen, settlement)
    case .refused: self = .refused
    case .rejected: self = .rejected
    case .skipped: self = .skipped
    case .unknown, .notSent: self = .notSent
    }
  }

  private init(changing operation: BillOperation) {
    switch operation {
    case .void: self = .voids
    case .correct: self = .corrects
    case .raise, .raisePaid, .skip, .set, .pay, .credit: self = .updated
    }
  }

  private init(conflictOver seen: RemoteBill?, _ settlement: RowSettlement) {
    if let seen {
      self = seen.status == .voided ? .voided : .conflict
    } else {
      self = settlement.field == "external_reference" ? .lost : .otherCustomer
    }
  }
}
