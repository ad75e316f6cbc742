package import BillModel
import MomentAPI
import Transport

/// Decides, for a row that voids a bill, what is sent and asked. A void is irreversible: the bill is read before it, and
/// one that is paid, in part or whole, is left alone.
///
/// The POST has a key, and a bill can be voided once only. So one whose fate is unknown is repeated under its key, and after
/// the key's window the bill tells. But a key that the API hasn't seen yet is a new request to it: before each repeat the bill
/// is read again, and one that was paid meanwhile is left alone; only what a 429 put off goes by the same look, while that is
/// young (`restsOnLook`). Whose a void is behind a 409, its key is asked (rule 12): the 409 comes back from the store where
/// that is what became of the request.
///
/// A bill that is voided already may have been corrected: its series is followed (see `+Following`), and the bill that stands
/// in its place is the one that goes. Which one a request is about stands in the ledger with its intent.
package struct VoidMachine: KeyedMachine, Hashable {
  /// Why the bill is read.
  enum Look: Hashable {
    case before
    /// Whether it still stands, and is unpaid: the same request is to go again.
    case again
    /// The same before a request under the next key.
    case next
    /// A request may have voided it.
    case after
    /// A 409 that doesn't come from the store: it is voided, or a request is under way.
    case conflicted
    /// A definite no, where a request before it may have voided it. `nil`: an earlier run was told.
    case refused(No?)
    /// Nothing may be sent.
    case only
  }

  /// What a definite no says.
  struct No: Hashable {
    var field: String?
    var message: String
  }

  /// What a pause ends with.
  enum Resumption: Hashable {
    /// The same request: the bill is voided, and only its key tells by whom; or the API has put it off.
    case same
    case look(Look)
  }

  /// Where the row stands between two events.
  enum Phase: Hashable {
    case ready, writing, ended
    case looking(Look)
    case pausing(Resumption)
  }

  package let record: Int
  package let bill: VoidedBill
  package let origin: SubmissionOrigin
  private let looksOnly: Bool
  /// What the ledger knows of the series.
  let history: SeriesHistory

  var phase = Phase.ready
  package let form = BodyForm.change
  package let restsOnLook = true
  package internal(set) var epoch: Int
  package internal(set) var attempt = 0
  var earlierAttempts: Int
  var neverLeft = 0
  var firstSentAt: WallTime?
  var hasReached = false
  /// A request of the row may have voided the bill without our knowing.
  var mayHaveLanded = false
  /// One of an earlier epoch, whose key can't be asked any more.
  private var mayHaveLandedEarlier = false
  /// One under the key of this epoch, which didn't say since what became of it, may still do so.
  var mayStillLand = false
  /// When that was lost last; `nil` where it isn't known, and may be any time in the key's window.
  private var lastLost: SendDoubt?
  /// One of an earlier epoch may.
  package private(set) var doubt: SendDoubt?
  /// The bill was voided before the request under way left, and one of ours may have done it.
  private var wasVoided = false
  /// Behind a request without an answer the API said of the key's next one that the bill is voided, and not from the store:
  /// that request hadn't come, or the key was forgotten.
  private var keyWasNew = false
  /// Whether a request whose answer was lost has voided the bill, or somebody else, the key doesn't tell.
  private(set) var isUnclear = false
  /// Which bill of the series is looked at, or voided; 0 is the one that the row names.
  var number = 0
  /// The last one that is voided already.
  var voided: RemoteBill?
  var tries = Tries()

  package init(
    record: Int, bill: VoidedBill, origin: SubmissionOrigin, history: SeriesHistory = SeriesHistory(),
    looksOnly: Bool = false
  ) {
    self.record = record
    self.bill = bill
    self.origin = origin
    var history = history
    self.looksOnly = looksOnly
    switch origin {
    case .fresh(let epoch, let prior): (self.epoch, earlierAttempts) = (epoch, prior)
    case .settledElsewhere, .claimedElsewhere: (epoch, earlierAttempts) = (1, 0)
    case .resumed(let intent, _):
      (epoch, attempt, earlierAttempts) = (intent.epoch, intent.attempts, intent.epoch - 1)
      (firstSentAt, hasReached, mayHaveLanded) = (intent.firstSentAt, true, true)
      mayHaveLandedEarlier = intent.epoch > 1
      (mayStillLand, doubt) = (!intent.isAnswered, intent.doubt)
      lastLost = intent.attempts > 1 ? nil : SendDoubt(since: intent.firstSentAt)
      if let voids = intent.terms?.voids, voids != bill.reference {
        let ofSeries = bill.series?.number(of: voids, correcting: bill.reference)
        number = ofSeries ?? 1
        if ofSeries == nil { history = SeriesHistory(branch: [voids]) }
      }
    }
    self.history = history
  }

  package var operation: BillOperation { .void(bill) }
  package var sent: BillOperation { .void(VoidedBill(reference: askedBill)) }
  package var askedBill: String { history.reference(of: bill, number) }

  package var terms: RowTerms? {
    var terms = RowTerms(operation)
    if number > 0 { terms?.voids = askedBill }
    return terms
  }

  package var attempts: Int { earlierAttempts + attempt - neverLeft }

  package var withdrawal: RowWithdrawal? {
    switch phase {
    case .pausing where attempt > 0 && !mayHaveLanded, .looking(.before) where attempt > 0 && !mayHaveLanded,
      .looking(.again) where attempt > 0 && !mayHaveLanded, .looking(.next) where attempt > 0 && !mayHaveLanded:
      withdrawal(to: hasReached ? epoch + 1 : epoch)
    case .ready, .writing, .looking, .pausing, .ended: nil
    }
  }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): begin(context)
    case (.pausing(.same), .due): same(context)
    case (.pausing(.look(let question)), .due): look(question)
    case (.writing, .answer(let answer)): written(answer, context)
    case (.writing, .failure(let failure)): writeFailed(failure, context)
    case (.looking(let question), .answer(let answer)): looked(question, answer, context)
    case (.looking(let question), .failure(let failure)): again(.look(question), failure.description, nil, context)
    case (.ready, .due), (.ready, .answer), (.ready, .failure), (.writing, .begin), (.writing, .due),
      (.looking, .begin), (.looking, .due), (.pausing, .begin), (.pausing, .answer), (.pausing, .failure),
      (.ended, .begin), (.ended, .due), (.ended, .answer), (.ended, .failure):
      SubmissionStep(.none)
    }
  }

  private mutating func begin(_ context: SubmissionContext) -> SubmissionStep {
    switch origin {
    case .fresh: return look(.before)
    case .resumed where looksOnly: return look(.only)
    case .resumed(let intent, _) where intent.isAnswered: return look(.refused(nil))
    case .resumed: return look(.again)
    case .settledElsewhere, .claimedElsewhere:
      phase = .ended
      return SubmissionStep(.leave)
    }
  }

  mutating func look(_ question: Look) -> SubmissionStep {
    phase = .looking(question)
    return SubmissionStep(.getBill)
  }

  private mutating func send(_ next: Int, _ context: SubmissionContext) -> SubmissionStep {
    if next != epoch {
      (earlierAttempts, epoch, neverLeft, hasReached) = (attempts, next, 0, false)
      mayHaveLandedEarlier = mayHaveLanded
    }
    if mayStillLand { doubt = SendDoubt(since: context.now, sinceByServer: context.serverNow) }
    mayStillLand = false
    (attempt, firstSentAt) = (1, context.now)
    phase = .writing
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  /// The very same again, as long as its key means the same (rule 4); after that the bill is read.
  private mutating func same(_ context: SubmissionContext) -> SubmissionStep {
    guard windowIsOpen(context) else { return look(.again) }
    attempt += 1
    phase = .writing
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  private mutating func written(_ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    hasReached = true
    // The key's own answer: nothing more comes of what went under it.
    if answer.replayed { mayStillLand = false }
    switch answer.judgement {
    // Another row's request to void it had the same key (rule 6).
    case .accepted(.bill) where answer.replayed && !mayHaveLanded: return look(.after)
    case .accepted(.bill(let remote)):
      isUnclear = wasVoided && !answer.replayed
      return settle(.updated, message: followed, id: remote.id, by: .answer)
    // From the store it is what became of this key's request.
    case .conflict where answer.replayed:
      isUnclear = keyWasNew
      mayHaveLanded = mayHaveLandedEarlier
      return look(.after)
    // Voided already, maybe by us; or under way.
    case .conflict:
      keyWasNew = mayHaveLanded
      return look(.conflicted)
    case .refused(let problem):
      if answer.replayed { return again(.look(.next), problem.description, nil, context) }
      return refused(No(field: problem.field, message: problem.description))
    case .notFound: return refused(No(message: Self.isAbsent))
    case .throttled: return throttled(answer.replayed ? .look(.next) : .same, answer.retryAfter, context)
    case .unauthorised(let problem):
      return answer.replayed ? again(.look(.next), problem.description, nil, context) : stop(problem)
    case .transient(let problem):
      lose(replayed: answer.replayed, context)
      return again(
        .look(answer.replayed ? .after : .again), problem?.description ?? "the API can't answer now",
        answer.retryAfter, context)
    case .unreadable(let reason):
      lose(replayed: answer.replayed, context)
      return again(.look(answer.replayed ? .after : .again), reason.description, nil, context)
    case .accepted, .found:
      lose(replayed: answer.replayed, context)
      return again(.look(.after), "the answer is not one to a void", nil, context)
    }
  }

  private mutating func writeFailed(_ failure: TransferFailure, _ context: SubmissionContext) -> SubmissionStep {
    if failure.mayHaveReachedServer { lose(replayed: false, context) } else { neverLeft += 1 }
    return failure.isTooLate ? look(.again) : again(.look(.again), failure.description, nil, context)
  }

  /// A request may have been carried out, or may still be.
  private mutating func lose(replayed: Bool, _ context: SubmissionContext) {
    (hasReached, mayHaveLanded, mayStillLand) = (true, true, !replayed)
    lastLost = SendDoubt(since: context.now, sinceByServer: context.serverNow)
  }

  /// Rule 7: where a request before it had no answer, the bill is read first: it may be voided, and its key forgotten.
  private mutating func refused(_ no: No) -> SubmissionStep {
    mayStillLand = false
    guard mayHaveLanded else { return settle(.refused, field: no.field, message: no.message, by: .answer) }
    return look(.refused(no))
  }

  private mutating func looked(
    _ question: Look, _ answer: Answer, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch answer.judgement {
    case .found(.bill(let remote)): return found(remote, question, context)
    case .notFound where question == .only: return giveUp(Self.isAbsent)
    case .notFound where voided != nil: return isAtItsEnd(nil)
    case .notFound: return settle(.refused, message: Self.isAbsent, by: .lookup)
    case .throttled: return throttled(.look(question), answer.retryAfter, context)
    case .unauthorised(let problem): return stop(problem)
    case .transient(let problem):
      return again(
        .look(question), problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): return again(.look(question), reason.description, nil, context)
    case .refused(let problem), .conflict(let problem):
      return again(.look(question), problem.description, nil, context)
    case .found, .accepted:
      return again(.look(question), "the answer is about another kind of object", nil, context)
    }
  }

  private mutating func found(
    _ remote: RemoteBill, _ question: Look, _ context: SubmissionContext
  ) -> SubmissionStep {
    if question == .before, let end = endsBefore(remote) { return end }
    if remote.status == .voided { return isVoided(remote, question, context) }
    if question != .only, remote.isPaidOrPartPaid { return isPaid(remote, context) }
    switch question {
    case .only: return giveUp(Self.standsSoFar(remote))
    case .before: return send(attempt > 0 ? epoch + 1 : epoch, context)
    case .again: return windowIsOpen(context) ? same(context) : send(epoch + 1, context)
    case .next: return send(epoch + 1, context)
    case .refused(let no): return standsAfterRefusal(no, context)
    case .after, .conflicted:
      return again(.look(.next), "the API reports a conflict, and the bill is not voided", nil, context)
    }
  }

  /// A bill that is paid is not voided. That is the end as soon as no earlier request can come through.
  private mutating func isPaid(_ remote: RemoteBill, _ context: SubmissionContext) -> SubmissionStep {
    let isPaid =
      "\(number > 0 ? askedBill + ", which stands in its place," : "the bill") is paid, in part or whole, and "
    guard doubt?.isOver(context) ?? true, !mayStillLand || lostIsOver(context) else {
      return giveUp(isPaid + "an earlier request for its void may still be carried out")
    }
    return settle(.conflict, field: "amount_paid", message: isPaid + "is left as it is", id: remote.id, by: .lookup)
  }

  /// Whether what was lost under the key of this epoch can't be on its way any more.
  private func lostIsOver(_ context: SubmissionContext) -> Bool {
    if let lastLost { return lastLost.isOver(context) }
    guard context.clockIsTrusted, let windowEnd = windowEnd(context.policy) else { return false }
    return context.now >= windowEnd.advanced(byMilliseconds: context.policy.landing)
  }

  /// The API refused it, and the bill stands. That is final as soon as no earlier request can come through.
  private mutating func standsAfterRefusal(_ no: No?, _ context: SubmissionContext) -> SubmissionStep {
    guard doubt?.isOver(context) ?? true else {
      return giveUp("the API refuses it, and an earlier request for it may still be carried out", isAnswered: true)
    }
    doubt = nil
    guard let no else { return send(epoch + 1, context) }
    return settle(.refused, field: no.field, message: no.message, by: .answer)
  }

  /// By a request of ours that may have landed; else the bill that stands in its place is looked for.
  private mutating func isVoided(
    _ remote: RemoteBill, _ question: Look, _ context: SubmissionContext
  ) -> SubmissionStep {
    // Its key tells by whom, and can do nothing more.
    if question == .conflicted, mayHaveLanded, let pause = tries.conflicted(context) { return wait(.same, pause) }
    if question == .again, mayHaveLanded, windowIsOpen(context) {
      wasVoided = true
      return same(context)
    }
    if isOthers(question), let step = next(after: remote) { return step }
    return settle(mayHaveLanded ? .updated : .unchanged, message: followed, id: remote.id, by: .lookup)
  }

  /// Whether a bill that is voided certainly isn't by a request of ours, and what the ledger knows of its series is at hand.
  private func isOthers(_ question: Look) -> Bool {
    guard !mayHaveLanded else { return false }
    switch question {
    case .before, .again: return true
    case .after: if case .fresh = origin { return true } else { return false }
    case .next, .conflicted, .refused, .only: return false
    }
  }

  /// What is to be said of a bill that is not voided, where nothing may be sent.
  private static func standsSoFar(_ remote: RemoteBill) -> String {
    remote.isPaidOrPartPaid
      ? "the bill is not voided so far, and is paid by now, in part or whole: no request for its void is sent again"
      : "the bill is not voided so far, and the same request can be sent again"
  }

  private static let isAbsent = "the API has no bill of this reference"
}
