import BillLedger
import BillModel
import BillPlanning
import BillReports
import BillSubmission
import Hashing
import MomentAPI
import Transport

extension SubmitRun {
  /// Lets a row's machine decide, and prepares what it wants: for the next commit, and for after it.
  func apply(_ event: SubmissionEvent, to row: ActiveRow) throws(SubmitFault) {
    var context = context
    if row.hasSights { (context.history, context.otherParties) = (row.sights.history, row.sights.otherParties) }
    let step = row.machine.handle(event, context)
    if try waitsForAnother(step, row) { return try leave(row) }
    if options.scope == .plan { return try foresee(step, of: row) }
    if try strays(step, row) { return }
    if try waitsForItsBill(step, row) { return try leave(row) }
    note(step, of: row)
    markCompared(step, of: row)
    note(sumsOf: step, row)
    row.learned(step.learned)
    try learn(step.learned)
    switch step.effect {
    case .send(let sending): try send(sending, row)
    case .getBill: try ask(row, .bill)
    case .getParty(let key): try ask(row, .party(key))
    case .wait(let milliseconds):
      if stop == nil { due.push(row.record, due: now.monotonic(after: milliseconds)) }
    case .settle(var settlement):
      if case .set(let values) = row.operation { settlement.attributes = contents.number(of: values) }
      note(settlement)
      if settlement.outcome == .refused, let problem = row.sights.problem { budget.refused(problem) }
      try finish(row)
      hold(settlement, row.operation, seen: row)
      if settlement.code == .correctVoidedNotRaised { heldBack += 1 }
      try leaveLane(row.record)
    case .giveUp(let reason, let isAnswered):
      noteUnknown(row, reason, isAnswered: isAnswered)
      active[row.record] = nil
      closeLane(row.record)
      try accept(planner.carrierUnknown(row.record))
    case .withdraw(let withdrawal, _):
      batch.withdrawals.append(withdrawal)
      closeLane(row.record)
      try finish(row)
    case .make(let next, let holdsIntent): try make(row, next, holdsIntent: holdsIntent)
    case .readAgain:
      batch.answeredUnknowns.append(row.record)
      readsAgain = true
      closeLane(row.record)
      try finish(row)
    case .stands: try finish(row)
    case .leave: try leave(row)
    case .stopRun(let problem, let withdrawal):
      if let withdrawal { batch.withdrawals.append(withdrawal) }
      active[row.record] = nil
      end(problem.status == 404 ? .noSuchPath(origin: origin, problem) : .unauthorised(problem))
    case .none: break
    }
  }

  /// The row stays unsent.
  private func leave(_ row: ActiveRow) throws(SubmitFault) {
    if options.scope == .plan {
      noteNotSent(row.record, "a request of another file's row for this bill has no known answer yet")
      try finish(row)
      return try leaveLane(row.record)
    }
    heldBack += 1
    closeLane(row.record)
    try finish(row)
  }

  private func noteUnknown(_ row: ActiveRow, _ reason: String, isAnswered: Bool) {
    let record = row.record
    guard options.scope != .look else { return tell(LookedRow(row.machine, staysUnknown: reason)) }
    lastDoubt = reason
    if row.machine.awaitsKey { batch.unknownReasons[record] = reason }
    if isAnswered { batch.answeredUnknowns.append(record) } else { batch.unknowns.append(record) }
  }

  private func tell(_ row: LookedRow) {
    tally.looked += 1
    looked(row)
  }

  /// Takes a settlement into the next commit.
  func note(_ settlement: RowSettlement) {
    guard options.scope != .look else { return tell(LookedRow(settlement, active[settlement.record]?.operation)) }
    see(settlement)
    batch.settlements.append(settlement)
    pace.settled(at: now.monotonic)
    tally.outcomes[settlement.outcome, default: 0] += 1
  }

  /// What the API doesn't have is planned to be made.
  private func make(_ row: ActiveRow, _ next: RowWithdrawal, holdsIntent: Bool) throws(SubmitFault) {
    if holdsIntent { batch.withdrawals.append(next) }
    active[next.record] = nil
    try release(row, holdsClaims: true)
    var again = PlannableRow(
      record: next.record, operation: row.operation, epoch: next.nextEpoch, priorAttempts: next.attempts,
      byteCount: row.operation.estimatedBytes)
    (again.isAbsent, again.doubt) = (true, row.machine.doubt)
    try accept([try decide(again)])
  }

  func build(_ operation: BillOperation, _ form: BodyForm, _ epoch: Int) throws(SubmitFault) -> APIRequest {
    do throws(RequestError) {
      return try builder.request(for: operation, form: form, epoch: epoch)
    } catch { throw .request(error) }
  }

  var context: SubmissionContext {
    SubmissionContext(
      now: now.wall, clockIsTrusted: trust.holds(now: now.wall, latestInLedger: ledger.latestTime),
      serverNow: trust.serverNow(at: now.monotonic), policy: options.policy, jitter: jitter.next())
  }

  func finish(_ row: ActiveRow) throws(SubmitFault) {
    active[row.record] = nil
    try release(row, holdsClaims: true)
  }

  enum Lookup {
    case bill
    case party(PartyKey)
  }

  func ask(_ row: ActiveRow, _ lookup: Lookup) throws(SubmitFault) {
    guard stop == nil, try affordsRequest() else { return }
    row.questions += 1
    tally.questions += 1
    do throws(RequestError) {
      switch lookup {
      case .bill: post(try builder.getBill(reference: row.machine.askedBill), row, isRepeat: false)
      case .party(let key): post(try builder.getParty(key), row, isRepeat: false)
      }
    } catch { throw .request(error) }
  }

  /// Prepares a POST or PATCH: its intent, or the number of its attempt, goes into the commit before it.
  private func send(_ sending: Sending, _ row: ActiveRow) throws(SubmitFault) {
    guard stop == nil, try affordsRequest() else { return }
    // Taken out once: each look at a row's machine where it lies copies it.
    let machine = row.machine
    let request = try build(machine.sent, sending.form, sending.epoch)
    if sending.attempt > 1 {
      batch.attempts.append(AttemptCount(record: row.record, attempts: sending.attempt))
    } else if let digest = request.bodyDigest {
      intend(row, machine, sending, digest)
    }
    post(
      request, row, isRepeat: machine.attempts > 1, latest: latest(machine, row), isUrgent: machine.restsOnLook)
  }

  private func intend(_ row: ActiveRow, _ machine: any RowMachine, _ sending: Sending, _ digest: SHA256Digest) {
    if !row.carries.isEmpty, case .fresh(sending.epoch, _) = machine.origin {
      batch.partyClaims.append(contentsOf: row.carries.map { PartyClaim(record: row.record, key: $0) })
    }
    let stake = machine.stake
    row.hasBegun = true
    batch.intents.append(
      RowIntent(
        record: row.record, reference: stake.reference, claim: stake.claim, epoch: sending.epoch,
        form: sending.form, bodyDigest: digest, serializerVersion: RequestBuilder.serializerVersion,
        firstSentAt: now.wall, attempts: 1, doubt: machine.doubt,
        content: contents.number(of: row.operation, sending: machine.sent),
        successor: stake.successor, raised: stake.raised, terms: machine.terms,
        sum: intendedSum(row, machine)))
  }

  /// Until when what a row sends may leave, on the clock that goes on while the machine sleeps.
  private func latest(_ machine: any RowMachine, _ row: ActiveRow) -> UInt64 {
    let keyEnds = machine.keyEnds(options.policy).map(now.boot(at:)) ?? .max
    return machine.restsOnLook ? min(keyEnds, ends(&row.sights.look)) : keyEnds
  }

  /// The same of what rests on a look: the one that is being taken in, else the last one. At a rate of a few requests a minute
  /// it has two turns: it goes before others that wait, so that no look grows too old again and again.
  func ends(_ look: inout LookAge) -> UInt64 {
    if let arrival { look.looked(arrival, now: now) }
    return look.ends(
      within: max(options.lookSeconds, 2 / max(connection.pacer.rate, 0.001)),
      most: 10 * options.lookSeconds, now: now)
  }

  private func post(
    _ request: APIRequest, _ row: ActiveRow, isRepeat: Bool, latest: UInt64 = .max, isUrgent: Bool = false
  ) {
    let id = hand(request, latest: latest, isUrgent: isUrgent)
    pending[id] = PendingRequest(record: row.record, request: request, isRepeat: isRepeat, restsOnLook: isUrgent)
  }

  /// Hands a request out after the next commit; its number. Between now and its first byte lie that commit, the client's
  /// queue and a connection, and the machine may sleep meanwhile: one that then is too late for its key (rule 4), or for the
  /// look that it rests on (rule 16), doesn't leave, and its row decides anew.
  func hand(_ request: APIRequest, latest: UInt64 = .max, isUrgent: Bool = false) -> UInt64 {
    let id = connection.nextID()
    outbox.append(HTTPRequest(id: id, request, latest: latest, isUrgent: isUrgent))
    ration?.use()
    return id
  }
}
