import BillLedger
import BillModel
import BillPlanning
import BillSubmission
import MomentAPI
import Transport

/// What parties are at the API, against what the file says of them.
///
/// Without being asked to change anything, what a row's own looks show is compared, and no look is made for it. Asked
/// to, each described party is compared once a file run: by the looks of the row that comes by it, else by one of its
/// own. That a comparison is open is committed with the row that began it, so that no death forgets it.
extension SubmitRun {
  /// Takes in how a request of a party's update ended.
  func take(_ completion: Completion, of party: PartyKey, _ request: PendingRequest) throws(SubmitFault) {
    switch completion.result {
    case .success(let response):
      let answer = answer(response, to: request)
      note(answer, to: request)
      try apply(.answer(answer), to: party)
      if case .throttled = answer.judgement {
        heed(answer.retryAfter, from: completion.finishedAt, goesFirst: request.restsOnLook)
      }
    case .failure(let failure):
      note(failure, of: request)
      if request.restsOnLook, failure.isTooLate { desk.looks[party]?.missed(at: now) }
      try apply(.failure(failure), to: party)
    }
    if stop != nil { desk.stop() }
  }

  /// Goes on with updates whose pause is over, and at the end of the file with those that waited for it.
  func resumeParties() throws(SubmitFault) {
    try takeUpOpenChanges()
    while stop == nil, !isDaySpent, let party = desk.popDue(by: now.monotonic) { try apply(.due, to: party) }
    guard stop == nil, feedIsOver, ready.isEmpty, active.isEmpty, planner.waitingRows == 0, desk.isHeld else { return }
    for party in desk.updates.keys { try apply(.fileIsOver, to: party) }
  }

  /// A look for a row showed a party as it is.
  func examine(_ object: RemoteObject, for row: ActiveRow) throws(SubmitFault) {
    let record = row.record
    for description in row.operation.describedParties where description.key.reference == object.reference {
      guard let change = PartyChange(of: object, to: description) else { continue }
      row.compared.append(description.key)
      if options.updatesParties {
        guard try needsUpdate(description.key) else { continue }
        try open(PartyUpdate(record: record, description: description), .seen(object))
      } else if !change.fields.isEmpty {
        batch.differences.append(
          PartyDifference(record: record, party: change.party, fields: change.fields, state: .left))
      }
    }
  }

  /// Parties that a row has come by: those that it looked at were compared, and those that it made are as it says.
  func markCompared(_ step: SubmissionStep, of row: ActiveRow) {
    guard options.updatesParties, !step.learned.isEmpty else { return }
    let isMade: Bool
    if case .settle(let settlement) = step.effect {
      isMade = settlement.outcome == .created && settlement.confirmedBy == .answer
    } else {
      isMade = false
    }
    // In a run that has stopped what differs is not changed any more: the next one compares again.
    for party in step.learned where isMade || stop == nil && row.compared.contains(party.key) {
      guard desk.updates[party.key] == nil else { continue }
      batch.compared.insert(party.key)
      desk.remember(party.key)
    }
  }

  /// A row goes whose parties are known: those of them that this file run has not compared yet are looked at beside it.
  func compareParties(of row: ActiveRow) throws(SubmitFault) {
    // A row that the end of the run has let go is as new: nothing is under way for it.
    guard options.updatesParties, stop == nil || active[row.record] != nil else { return }
    for description in row.operation.describedParties where !row.carries.contains(description.key) {
      guard try needsUpdate(description.key), try isKnown(description.key) else { continue }
      try open(PartyUpdate(record: row.record, description: description), .begin)
    }
  }

  private func isKnown(_ party: PartyKey) throws(SubmitFault) -> Bool {
    do throws(LedgerError) {
      if case .known = try ledger.party(party) { return true }
      return false
    } catch { throw .ledger(error) }
  }

  private func needsUpdate(_ party: PartyKey) throws(SubmitFault) -> Bool {
    guard desk.updates[party] == nil, !desk.isDone(party) else { return false }
    do throws(LedgerError) {
      guard try ledger.isCompared(party, in: fileRun) else { return true }
    } catch { throw .ledger(error) }
    desk.remember(party)
    return false
  }

  /// Begins an update, unless another file's change of the party is still open: then nothing more may be changed. One that
  /// this run has left open already is the next run's (`isResumed`: this is the next run).
  private func open(
    _ update: PartyUpdate, _ event: PartyUpdateEvent, isResumed: Bool = false
  ) throws(SubmitFault) {
    let party = update.description.key
    let isHeld: Bool
    do throws(LedgerError) {
      let change = try ledger.openChange(of: party)
      if change?.fileRun == fileRun, !isResumed { return desk.remember(party) }
      let row = try ledger.change(of: ObjectKind(party.kind), party.reference)
      let others = change.flatMap { $0.fileRun == fileRun ? nil : $0 }
      isHeld = others?.mayBeSent ?? false || row?.isOpen == true
      if others != nil, !isHeld { letGoOfComparison(of: party) }
    } catch { throw .ledger(error) }
    if isHeld {
      batch.differences.append(
        PartyDifference(
          record: update.record, party: party, fields: [], state: .left,
          message: "what became of another file's change of it is not known; submit that file again first"))
      return desk.remember(party)
    }
    batch.differences.append(
      PartyDifference(record: update.record, party: party, fields: update.openFields, state: .changing))
    desk.open(update)
    try apply(event, to: party)
  }

  /// Another file's run has begun to compare a party, and has sent nothing for it: what is done now would be taken back by
  /// it.
  func letGoOfComparison(of party: PartyKey) {
    batch.notCompared[party] = "another file was about it before this one got to it"
  }

  /// Takes up the updates that an earlier process left open, by the rows that began them: as many as may wait for the end of
  /// the file. The others are left to the next run.
  private func takeUpOpenChanges() throws(SubmitFault) {
    guard !desk.isResumed, options.scope.writes, share == nil else { return }
    desk.isResumed = true
    let open: [PartyDifference]
    do throws(LedgerError) { open = try ledger.openChanges(of: fileRun) } catch { throw .ledger(error) }
    guard !open.isEmpty else { return }
    let changes = open.prefix(desk.mostHeld)
    desk.leave(open.count - changes.count)
    let operations = try feed.operations(of: Set(changes.map(\.record)))
    for change in changes {
      guard options.updatesParties || !change.fields.isEmpty else {
        // Nothing was sent for it. Settling begins nothing, and leaves it to whoever submits the file again.
        if options.scope.hasNewRows {
          batch.notCompared[change.party] = "the file was submitted again without --update-parties"
        }
        continue
      }
      let parties = operations[change.record]?.describedParties ?? []
      guard let description = parties.first(where: { $0.key == change.party }) else { continue }
      let update = PartyUpdate(
        record: change.record, description: description, doubtful: change.fields.isEmpty ? nil : change.fields)
      try self.open(update, .begin, isResumed: true)
    }
  }

  private func apply(_ event: PartyUpdateEvent, to party: PartyKey) throws(SubmitFault) {
    guard let effect = desk.handle(event, party, context) else { return }
    switch effect {
    case .look: try post(party) { () throws(RequestError) in try builder.getParty(party) }
    case .change(let change, let difference):
      try post(party, noting: difference) { () throws(RequestError) in try builder.updateParty(change) }
    case .wait(let milliseconds):
      if stop == nil { desk.wait(party, due: now.monotonic(after: milliseconds)) }
    case .hold: desk.hold(party)
    case .none: break
    case .end(let difference):
      if let difference { batch.differences.append(difference) }
      batch.compared.insert(party)
      desk.close(party, isSettled: true)
    case .giveUp: desk.close(party, isSettled: false)
    case .stopRun(let problem): end(.unauthorised(problem))
    }
  }

  /// `noting`: what the ledger is to hold of a change before it goes; of one that doesn't go, nothing.
  private func post(
    _ party: PartyKey, noting difference: PartyDifference? = nil, _ request: () throws(RequestError) -> APIRequest
  ) throws(SubmitFault) {
    guard stop == nil, try affordsRequest() else { return }
    if let difference { batch.differences.append(difference) }
    do throws(RequestError) {
      let request = try request()
      let isChange = difference != nil
      let latest = isChange ? ends(&desk.looks[party, default: LookAge()]) : .max
      let id = hand(request, latest: latest, isUrgent: isChange)
      desk.pending[id] = (party, PendingRequest(record: 0, request: request, isRepeat: false, restsOnLook: isChange))
    } catch { throw .request(error) }
  }
}
