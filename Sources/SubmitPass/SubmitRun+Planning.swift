import BillIntake
import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import MomentAPI

extension SubmitRun {
  /// How many rows one turn reads at most, so that answers never wait long.
  private static let portion = 2048

  /// How many further requests may be handed to the client now. Where nothing useful comes back, only one at a time.
  private var room: Int {
    if life.isInTrouble(inFlight: options.inFlight) { return active.isEmpty ? min(1, budgetedRoom) : 0 }
    return min(
      budgetedRoom, options.inFlight + ahead - pending.count - desk.pending.count,
      options.maximumActive - active.count - desk.underWay)
  }

  /// How many rows are committed ahead of the wire now. Of rows that an earlier run has begun fewer: their keys are old, and
  /// must leave within the hour that the window leaves, however slow the wire becomes (rule 4).
  var ahead: Int { feed.isOfBegunRows ? min(lookAhead, options.mostBegunAhead) : lookAhead }

  /// Whether another row could be let go now.
  var canPlan: Bool {
    guard stop == nil, room > 0 else { return false }
    guard ready.isEmpty else { return !experience.holdsCarriers || !ready.firstCarries }
    return !feedIsOver && !planner.isFull && !lanes.isFull && (share != nil || !elsewhere.isFull)
  }

  /// Lets go as many rows as there is room for: those that were released first, then the next ones of the file.
  func plan() throws(SubmitFault) {
    var left = Self.portion
    while left > 0, canPlan {
      left -= 1
      if let departure = ready.popFirst() {
        try begin(try activeRow(departure))
        continue
      }
      let row: RowFeed.Row?
      do throws(SubmitFault) { row = try feed.next() } catch { return fail(error) }
      switch row {
      case .unresolved(let intent, let operation): try resume(intent, operation)
      case .new(let row): try take(row)
      case .settled(let settlement, let operation): try lookAgain(settlement, operation)
      case .passedOver: return
      case nil: feedIsOver = true
      }
    }
  }

  /// A row that was never sent: it goes, or waits, or needs no request.
  private func take(_ row: PlannableRow) throws(SubmitFault) {
    tally.record = row.record
    guard mayGo(row), try !foreseeFromLedger(row) else { return }
    if let lane = try lane(of: row.operation), !lanes.enter(row, lane: lane.name, under: lane.above) { return }
    if try hasItsEnd(row) { try leaveLane(row.record) }
  }

  /// A row that waits for no other one about its object goes, unless it has its end at once, by what the ledger knows.
  private func hasItsEnd(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    if try isBarred(row) {
      heldBack += 1
      closeLane(row.record)
      return false
    }
    if try isAddedElsewhere(row) { return true }
    if try isRaisedElsewhere(row) { return true }
    if try isAsSent(row) { return true }
    try accept(try decide(row))
    return false
  }

  /// A row that changes a party while a change of its attributes may still land: it would take back what the row gives it
  /// (rule 16), or write metadata that is older than what an addition leaves there. A row that gives it something waits for
  /// those of other files alone: what its own file does beside it, the file's last look shows. Nor does it wait for another
  /// file that has only begun to compare the party: that one doesn't any more.
  private func isBarred(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    guard options.scope.writes, let party = row.operation.changedParty else { return false }
    do throws(LedgerError) {
      guard let change = try ledger.openChange(of: party) else { return false }
      if change.fileRun == fileRun {
        if case .set = row.operation { return false }
        return true
      }
      guard change.mayBeSent else {
        letGoOfComparison(of: party)
        return false
      }
      try barred.note { () throws(LedgerError) in try ledger.fileRun(change.fileRun)?.file }
    } catch { throw .ledger(error) }
    return true
  }

  /// A row that adds to a balance under a reference that another file's row has, by the ledger: it has its end. What the
  /// party's metadata says is of the row that was added last, whatever its amount.
  private func isAddedElsewhere(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    guard case .credit(let credit) = row.operation, options.scope.writes,
      case .settled(_, _, let content) = try bill(credit.reference)
    else { return false }
    let settlement = addedElsewhere(row.record, credit, content, epoch: row.epoch)
    note(settlement)
    hold(settlement, row.operation, seen: nil)
    return true
  }

  /// A row that gives a customer or an account what the last row did, by the ledger: it is unchanged, and nothing is sent.
  private func isAsSent(_ row: PlannableRow) throws(SubmitFault) -> Bool {
    guard options.skipsUnchanged, options.scope == .all, case .set(let values) = row.operation, values.balance == nil,
      let content = contents.number(of: values),
      // What this turn has settled of the same object, the ledger doesn't know yet.
      !isMixed || !batch.settlements.contains(where: { $0.reference == values.key.reference })
    else { return false }
    let id: String?
    do throws(LedgerError) {
      guard try ledger.attributes(of: values.key) == content else { return false }
      id = if case .known(let party) = try ledger.party(values.key) { party.id } else { nil }
    } catch { throw .ledger(error) }
    note(
      RowSettlement(
        record: row.record, reference: values.key.reference, claim: row.operation.claim, outcome: .unchanged,
        message: "as it was sent last; not asked", billID: id, epoch: row.epoch, attempts: row.priorAttempts,
        confirmedBy: .ledger))
    return true
  }

  /// A row that goes now, as it goes in this run.
  private func activeRow(_ departure: Departure) throws(SubmitFault) -> ActiveRow {
    if options.scope == .plan { return try foreseen(departure) }
    if let plan = options.plan { return try planned(departure, by: plan) }
    return ActiveRow(
      departure, looksFirst: looksFirst(departure), history: try history(of: departure.row.operation))
  }

  /// Once all rows are through, those are read again whose answer may not be the last word (rule 16), and after them the
  /// sums that a request of another row may have set back.
  func readAgain() throws(SubmitFault) {
    guard share == nil, feedIsOver, ready.isEmpty, active.isEmpty, planner.waitingRows == 0, elsewhere.isEmpty,
      batch.isEmpty(butForRequests: true)
    else { return }
    if readsAgain || feed.leftToReadAgain {
      readsAgain = false
      feedIsOver = !feed.readAgain()
    }
    if feedIsOver { feedIsOver = try !lookAtDoubts() }
  }

  /// Whether a row's parties are looked up before its first request. What the file's bills have shown says nothing of
  /// accounts that the API doesn't have.
  private func looksFirst(_ departure: Departure) -> Bool {
    switch departure.row.operation {
    case .raise, .raisePaid: experience.looksFirst(departure)
    case .set, .credit: options.parties != .new && departure.carries.count > 1
    case .skip, .correct, .pay, .void: false
    }
  }

  /// What rows must be about one after the other in this file, and what that belongs to. A void or a correction may go on to a
  /// bill that another row names, whatever the file's others ask for; a void to each bill of its series, so that it is taken for
  /// one about the first.
  private func lane(of operation: BillOperation) throws(SubmitFault) -> (name: String, above: [String])? {
    var isOfASeries = true
    switch operation {
    case .void, .correct: break
    case .raise, .raisePaid, .pay: isOfASeries = isMixed
    case .skip, .credit, .set: isOfASeries = false
    }
    guard let name = isMixed || isOfASeries ? operation.objectLane : operation.lane else { return nil }
    let above = isOfASeries ? try corrected(by: operation.reference).map(BillOperation.lane) : []
    if case .void = operation, let first = above.last { return (first, []) }
    return (name, above)
  }

  /// The bills that one of this name corrects, by the name, the nearest first. One that the ledger knows to have been raised for
  /// itself is only called so.
  private func corrected(by reference: String) throws(SubmitFault) -> [String] {
    var above: [String] = []
    var name = reference
    do throws(LedgerError) {
      while let (first, number) = series.first(of: name),
        try ledger.standing(ofBill: name, after: series.name(of: first, number - 1)) != .another
      {
        above.append(first)
        name = first
      }
    } catch { throw .ledger(error) }
    return above
  }

  /// Whether the file's rows ask for different things.
  private var isMixed: Bool { check.order.operation == .mixed }

  /// A row has its end: the next rows about its object go, and where one has its end at once, those behind it.
  func leaveLane(_ record: Int) throws(SubmitFault) {
    var ended = [record]
    while let record = ended.popLast() {
      for next in lanes.leave(record) {
        if try hasItsEnd(next) { ended.append(next.record) }
      }
    }
  }

  /// A row stays without an end: no other row about its object may go.
  func closeLane(_ record: Int) {
    let rows = lanes.close(record)
    heldBack += rows.count
    guard options.scope == .plan else { return }
    for row in rows { noteNotSent(row.record, "a row before it about the same object would not be sent") }
  }

  /// Whether a row may go now, by the planner.
  func decide(_ row: PlannableRow) throws(SubmitFault) -> PlanDecision {
    var row = row
    if options.parties == .new, let party = row.operation.changedParty, case .new = try knowledge(of: party) {
      row.isAbsent = true
    }
    if row.operation.changedParty != nil, options.plan?[row.record]?.outcome == .created { row.isAbsent = true }
    return try planner.plan(row) { (key) throws(SubmitFault) in try knowledge(of: key) }
  }

  /// Parties that exist now: they will be committed, and rows that waited for them go.
  func learn(_ parties: [KnownParty]) throws(SubmitFault) {
    guard !parties.isEmpty, options.scope != .look else { return }
    see(parties)
    if options.scope == .plan {
      for party in parties { self.parties.insert(party) }
    } else {
      batch.parties.append(contentsOf: parties)
    }
    try accept(try planner.learn(parties) { (key) throws(SubmitFault) in try knowledge(of: key) })
  }

  /// A row that carried parties is done with them: whatever it did not create, the next one may.
  /// `holdsClaims`: the ledger still has its claims, until the next commit.
  func release(_ row: ActiveRow, holdsClaims: Bool) throws(SubmitFault) {
    guard !row.carries.isEmpty else { return }
    if holdsClaims { released.formUnion(row.carries) }
    let record = row.record
    try accept(try planner.carrierEnded(record) { (key) throws(SubmitFault) in try knowledge(of: key) })
  }

  /// Carries out what the planner decided.
  func accept(_ decisions: [PlanDecision]) throws(SubmitFault) {
    for decision in decisions { try accept(decision) }
  }

  /// Carries out one decision.
  func accept(_ decision: PlanDecision) throws(SubmitFault) {
    switch decision {
    case .go(let departure): ready.append(departure)
    case .wait: break
    case .blocked(let row, let party):
      if try waitElsewhere(row, party) { break }
      heldBack += 1
      closeLane(row.record)
      guard options.scope == .plan else { break }
      noteNotSent(row.record, "a request that may have created its \(party.kind.rawValue) has no known answer yet")
    case .wrongCustomer(let row, _): try settleWrongCustomer(row)
    }
  }

  /// What is durably known of a party, as if the next commit were done.
  func knowledge(of key: PartyKey) throws(SubmitFault) -> PartyKnowledge {
    if options.scope == .plan, let party = parties[key] { return .known(party) }
    do throws(LedgerError) {
      switch try ledger.party(key) {
      case nil: return .new
      case .known(let party):
        if options.scope == .plan, options.asksAll { return .new }
        see([party])
        return .known(party)
      case .claimed: return released.contains(key) ? .new : .claimed
      }
    } catch { throw .ledger(error) }
  }

  private func settleWrongCustomer(_ row: PlannableRow) throws(SubmitFault) {
    let settlement = RowSettlement(
      record: row.record, reference: row.operation.stake.reference, claim: row.operation.claim, outcome: .conflict,
      code: .apiConflict,
      field: "account.customer.external_reference",
      message: "the account exists, and belongs to another customer than the row says", epoch: row.epoch,
      attempts: row.priorAttempts, confirmedBy: .lookup)
    guard options.scope != .plan else {
      foresee(settlement, of: row.operation)
      return try leaveLane(row.record)
    }
    note(settlement)
    hold(settlement, row.operation, seen: nil)
    try leaveLane(row.record)
  }

  func begin(_ row: ActiveRow) throws(SubmitFault) {
    active[row.record] = row
    // Its own request first: by a day's budget there may be none left for the others.
    try apply(.begin, to: row)
    try compareParties(of: row)
  }

  /// Takes up a row whose fate an earlier run left unknown (rule 2).
  private func resume(_ intent: RowIntent, _ operation: BillOperation) throws(SubmitFault) {
    let carries: [PartyKey]
    do throws(LedgerError) {
      carries = try ledger.partyClaims(of: RowAddress(fileRun: fileRun, record: intent.record))
    } catch { throw .ledger(error) }
    let request = try build(operation.part(under: intent), intent.form, intent.epoch)
    let machine = operation.machine(
      intent.record, intent.form, .resumed(intent, bodyIsSame: request.bodyDigest == intent.bodyDigest),
      looksOnly: !options.scope.writes)
    planner.carry(intent.record, carries)
    if let lane = try lane(of: operation) { lanes.hold(intent.record, lane: lane.name, under: lane.above) }
    try begin(ActiveRow(machine, carries: carries, hasBegun: true))
  }

  /// Remembers a fault of the input, and ends in order: what is in flight still counts.
  private func fail(_ error: SubmitFault) {
    if case .intake(.changed(_, let offset)) = error { return end(.fileChanged(byteOffset: offset)) }
    fault = error
    end(.interrupted)
  }
}
