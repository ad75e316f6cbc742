import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import MomentAPI

/// A plan's rows that change what is there, each by the machine that submits it: what it would ask is asked, and what it
/// would send is taken as done.
extension SubmitRun {
  /// The row of a customer or an account, to be asked about. While that is open others that need the party wait, as for one
  /// that a request creates.
  func foreseenParty(_ departure: Departure) throws(SubmitFault) -> ActiveRow {
    let row = departure.row
    var carries = departure.carries
    if let party = row.operation.changedParty, carries.isEmpty, try !isThere(party) {
      carries = [party]
      planner.carry(row.record, carries)
    }
    guard case .set(let values) = row.operation else {
      let origin = SubmissionOrigin.fresh(epoch: row.epoch, priorAttempts: row.priorAttempts)
      return ActiveRow(row.operation.machine(row.record, .change, origin), carries: carries)
    }
    var isOwnerThere = false
    if let owner = values.owner { isOwnerThere = try isThere(PartyKey(.customer, owner.reference)) }
    let machine = PartyForesight(
      record: row.record, values: values, origin: .fresh(epoch: row.epoch, priorAttempts: row.priorAttempts),
      isThere: parties.isMade(values.key), isOwnerThere: isOwnerThere)
    return ActiveRow(machine, carries: carries)
  }

  /// A party that a row has found to be there counts as known from then on.
  func standIn(for row: ActiveRow) throws(SubmitFault) {
    guard let party = row.operation.changedParty, try !isThere(party) else { return }
    guard let seen = row.sights.seenParty else { return try take([party]) }
    parties.insert(seen)
    try accept(try planner.learn([seen]) { (key) throws(SubmitFault) in try knowledge(of: key) })
  }

  /// These parties are there from then on.
  private func take(_ keys: [PartyKey]) throws(SubmitFault) {
    let known = keys.map { parties.make($0) }
    try accept(try planner.learn(known) { (key) throws(SubmitFault) in try knowledge(of: key) })
  }

  /// The party that a row is about, as the API shows it: rows behind it that need it are compared by its id.
  func seeParty(_ object: RemoteObject, for row: ActiveRow) {
    guard let party = row.operation.changedParty, object.reference == party.reference else { return }
    switch object {
    case .customer: row.sights.seenParty = KnownParty(key: party, id: object.id)
    case .account(let account):
      row.sights.seenParty = KnownParty(key: party, id: object.id, customerReference: account.customerReference)
    case .bill: break
    }
  }

  private func isThere(_ party: PartyKey) throws(SubmitFault) -> Bool {
    if case .known = try knowledge(of: party) { return true }
    return false
  }

  /// A look for a bill that rows before have changed in this plan; false where the API is to be asked.
  func lookedUp(_ row: ActiveRow) throws(SubmitFault) -> Bool {
    let reference = row.machine.askedBill
    guard row.operation.bill == nil, let bill = foreseenBills[reference] else { return false }
    row.questions += 1
    row.see(bill, as: reference)
    // What rows before would add is what was added last then.
    row.sights.history = SumHistory(standing: .last)
    try apply(.answer(Answer(judgement: .found(.bill(bill)), status: 200)), to: row)
    return true
  }

  /// What a row would send is taken as done, and the row goes on.
  func carryOut(_ sending: Sending, _ row: ActiveRow) throws(SubmitFault) {
    row.sights.writes += 1
    switch row.machine.sent {
    case .pay(let payment):
      guard let bill = row.sights.bills[payment.bill] else { return try foreseeNothing("the bill was not read", row) }
      try become(bill.paid(payment.amount, payment.metadata), payment.bill, row, isChange: true)
    case .void(let voided):
      guard let bill = row.sights.bills[voided.reference] else {
        return try foreseeNothing("the bill was not read", row)
      }
      if case .correct = row.operation { foresight.noteCorrected(bill) } else { foresight.noteVoided(bill) }
      try become(bill.voided, voided.reference, row, isChange: false)
    case .raise(let bill):
      row.sights.creations += 1
      row.sights.writes -= 1
      foresight.noteRaisedAgain(bill)
      let raised = RemoteBill(raising: bill, sending.form)
      foreseenBills.noteRaisedInPlace(
        raised, as: bill.reference, of: row.operation.reference, voided: row.machine.terms?.voids)
      try become(raised, bill.reference, row, isChange: false)
    case .set, .credit, .raisePaid, .correct, .skip: try foreseeDone(row, .updated)
    }
  }

  /// The API would answer with this.
  private func become(_ bill: RemoteBill, _ reference: String, _ row: ActiveRow, isChange: Bool) throws(SubmitFault) {
    foreseenBills.note(bill, as: reference, of: row.operation.reference)
    try apply(
      .answer(Answer(judgement: isChange ? .found(.bill(bill)) : .accepted(.bill(bill)), status: 200)), to: row)
  }

  /// A party that isn't there would be made, unless a row before has done so.
  func foreseeMaking(_ row: ActiveRow) throws(SubmitFault) {
    guard let party = row.operation.changedParty, !parties.isMade(party) else { return try foreseeDone(row, .updated) }
    var made = [party]
    if case .credit(let credit) = row.operation, let owner = credit.party.owner,
      try !isThere(PartyKey(.customer, owner.reference))
    {
      made.insert(PartyKey(.customer, owner.reference), at: 0)
    }
    try foreseeMade(row, made)
  }

  /// A row that would create these parties.
  func foreseeMade(_ row: ActiveRow, _ made: [PartyKey]) throws(SubmitFault) {
    foresight.noteMade(made)
    note(
      row, made.count == 1 && made[0].kind == .account ? .createdWithAccount : .createdWithCustomer, questions: 0)
    active[row.record] = nil
    try take(made)
    try leaveLane(row.record)
  }

  /// A row that would change what is there.
  private func foreseeDone(_ row: ActiveRow, _ planned: PlannedRow) throws(SubmitFault) {
    note(row, planned, questions: row.questions)
    try standIn(for: row)
    try finish(row)
    try leaveLane(row.record)
  }
}
