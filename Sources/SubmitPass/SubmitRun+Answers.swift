import BillLedger
import BillModel
import BillReports
import BillSubmission
import MomentAPI
import Transport

extension SubmitRun {
  /// Takes in how a request ended, and lets its row go on.
  func take(_ completion: Completion) throws(SubmitFault) {
    pace.note(completion)
    if completion.sentAt > 0 { ended += 1 }
    noteUnsent(completion)
    arrival = Arrival(completion, now: now)
    defer { arrival = nil }
    if !desk.pending.isEmpty, let (party, request) = desk.pending.removeValue(forKey: completion.id) {
      return try take(completion, of: party, request)
    }
    guard let request = pending.removeValue(forKey: completion.id), let row = active[request.record] else { return }
    switch completion.result {
    case .success(let response):
      let answer = answer(response, to: request)
      note(answer, to: request)
      if isLetGo(row, after: request) { return abandon(row) }
      if case .refused(let problem) = answer.judgement {
        row.sights.problem = problem
        if problem.status == 404 { row.sights.otherParties = try otherParties(than: row) }
      }
      if case .notFound = answer.judgement, row.hasSights, row.sights.problem?.status == 404 {
        row.sights.otherParties = try otherParties(than: row)
      }
      if case .accepted = answer.judgement, row.operation.bill != nil { lastAccepted = row.operation }
      if case .found(let object) = answer.judgement {
        if case .bill(let remote) = object {
          if options.scope == .plan { row.see(remote, as: row.machine.askedBill) } else { row.sights.seen = remote }
        }
        if options.scope == .plan { seeParty(object, for: row) }
        try examine(object, for: row)
        try recall(object, for: row)
      }
      try apply(.answer(examined(answer, for: row)), to: row)
      // After the row has taken in that it wasn't carried out: then it is certain that nothing of it is there.
      if case .throttled = answer.judgement {
        heed(answer.retryAfter, from: completion.finishedAt, goesFirst: request.restsOnLook)
      }
    case .failure(let failure):
      note(failure, of: request)
      if isLetGo(row, after: request) { return abandon(row) }
      if request.restsOnLook, failure.isTooLate { row.sights.look.missed(at: now) }
      try apply(.failure(failure), to: row)
      // After the row has taken in that nothing of it left.
      if case .notSent(let reason) = failure, reason.cause == .certificateRefused, !life.hasAnswered {
        end(.untrusted(reason.description))
      }
    }
    if stop != nil, active[request.record] != nil { abandon(row) }
  }

  /// Whether a row that has asked something goes no further: the run has stopped, and it is certain that nothing of the row had
  /// any effect. By what the answer says it would decide what isn't sent any more.
  private func isLetGo(_ row: ActiveRow, after request: PendingRequest) -> Bool {
    stop != nil && request.isQuestion && row.machine.withdrawal != nil
  }

  /// Some parties that were there before, and aren't the row's: those of the row that was accepted last in this run, then some
  /// that the ledger knows.
  private func otherParties(than row: ActiveRow) throws(SubmitFault) -> [PartyKey] {
    let own = row.operation.describedParties.map(\.key)
    let last = lastAccepted?.describedParties.map(\.key) ?? []
    do throws(LedgerError) {
      return (last + (try ledger.someParties(limit: own.count + 4))).filter { !own.contains($0) }
    } catch { throw .ledger(error) }
  }

  /// What the API said to a request.
  func answer(_ response: HTTPResponse, to request: PendingRequest) -> Answer {
    Answer(
      to: request.kind, expecting: request.expectation, status: response.status, header: { response.headers[$0] },
      body: response.body, receivedAt: now.wall.advanced(byMilliseconds: -(arrival?.age ?? 0)))
  }

  /// When what is being taken in was sent.
  private var sentAt: UInt64 { arrival?.sentAt ?? now.monotonic }

  /// Hands rows whose pause is over back to their machines.
  func resumeDue() throws(SubmitFault) {
    while stop == nil, !isDaySpent, let record = due.pop(by: now.monotonic) {
      guard let row = active[record] else { continue }
      try apply(.due, to: row)
    }
  }

  func note(_ answer: Answer, to request: PendingRequest) {
    trust.note(server: answer.serverDate, age: arrival?.age ?? 0, now: now)
    count(
      RequestCounts(
        sent: request.isWrite ? 1 : 0, retried: request.isWrite && request.isRepeat ? 1 : 0,
        throttled: answer.status == 429 ? 1 : 0, replayed: answer.replayed ? 1 : 0))
    if request.isWrite, answer.judgement.isSuccess { budget.accepted() }
    switch answer.judgement {
    case .accepted, .found, .notFound, .conflict, .refused, .unauthorised:
      life.useful(at: now.monotonic)
      throttle = nil
    case .throttled: life.throttled(at: now.monotonic, sentAt: sentAt)
    case .transient(let problem): life.failed(problem?.description ?? "the API can't answer now", sentAt: sentAt)
    case .unreadable(let reason): life.failed(reason.description, sentAt: sentAt)
    }
  }

  func note(_ failure: TransferFailure, of request: PendingRequest) {
    if failure.mayHaveReachedServer, request.isWrite {
      count(RequestCounts(sent: 1, retried: request.isRepeat ? 1 : 0))
    }
    // What came too late says nothing of the API.
    if failure.isTooLate { return }
    life.failed(failure.description, sentAt: sentAt)
  }

  /// A pause that the API asks for, from a moment of the monotonic clock on; one too long ends the run.
  ///
  /// `goesFirst`: what was put off rests on a look, and goes before all else then. So nothing leaves before it has had the time
  /// to be committed and handed over: else a question that waits would take the turn that the pause was for, each time.
  func heed(_ milliseconds: Int64?, from moment: UInt64, goesFirst: Bool) {
    throttle = throttle ?? 0
    guard let milliseconds else { return }
    guard Double(milliseconds) <= options.longestPauseSeconds * 1000 else { return end(.pausedTooLong(milliseconds)) }
    let over = moment + UInt64(milliseconds) * 1_000_000
    throttle = max(throttle ?? 0, over)
    let start = goesFirst ? min(max(milliseconds / 10, 100), 1_000) : 0
    let until = goesFirst ? now.monotonic(after: milliseconds + start) : over
    connection.pacer.pauseAll(untilNs: until, now: now.monotonic)
  }

  private func count(_ counts: RequestCounts) {
    tally.requests.add(counts)
    batch.requests.add(counts)
  }
}

extension RequestCounts {
  fileprivate mutating func add(_ other: RequestCounts) {
    sent += other.sent
    retried += other.retried
    throttled += other.throttled
    replayed += other.replayed
  }
}

extension Judgement {
  /// Whether a request was carried out.
  fileprivate var isSuccess: Bool {
    switch self {
    case .accepted, .found: true
    case .notFound, .conflict, .refused, .throttled, .transient, .unreadable, .unauthorised: false
    }
  }
}

extension PaceLog {
  /// Counts how a request ended; one that never left is nothing.
  fileprivate mutating func note(_ completion: Completion) {
    guard completion.sentAt > 0, completion.finishedAt >= completion.sentAt else { return }
    let status: Int? = if case .success(let response) = completion.result { response.status } else { nil }
    ended(
      at: completion.finishedAt, took: completion.finishedAt - completion.sentAt, isThrottled: status == 429,
      isAnswered: status != nil)
  }
}
