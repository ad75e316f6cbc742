package import BillModel
import MomentAPI
import Transport

/// Decides, for a row about a payment, what is sent and asked so that the bill has it as paid, and once.
///
/// A PATCH sets the whole of what was paid. So the bill is read before each one: what is added is added to what the API
/// has then, a total that is there already is not sent again, and nothing is set that the bill can't take. An added
/// payment leaves its reference in the bill's metadata, which tells whether it is in: a PATCH whose fate is unknown is
/// never repeated before the bill was read again. What was lost may land late: then the bill is read at the end of the
/// file too (rule 16). Between the look and the PATCH somebody else's payment may come, and the API has no condition
/// that would notice: it is overwritten. So the PATCH leaves within a bounded time of the look, whatever it waits for, or not
/// at all (`restsOnLook`). What the mark of the payment that was added last tells, by the ledger, says what the next one is
/// added to (`SumBase`).
package struct PaymentMachine: AddingMachine, Hashable {
  /// What a GET is to find out.
  enum Look: Hashable {
    /// What was paid so far, and whether this payment is in it.
    case before
    /// The same at the end of the file.
    case last
    /// The same, where nothing may be sent.
    case only
  }

  /// Where the row stands between two events.
  enum Phase: Hashable {
    case ready, writing, ended
    case looking(Look)
    case pausing(Look)
    /// After a 429: the very same PATCH goes again, while its look is young.
    case throttled
  }

  package let record: Int
  package let payment: Payment
  package let origin: SubmissionOrigin
  private let looksOnly: Bool
  /// The outcome of a settled row that is looked at again.
  let settledAs: RowOutcome?

  var phase = Phase.ready
  package let form = BodyForm.change
  package let restsOnLook = true
  package internal(set) var epoch: Int
  package internal(set) var attempt = 0
  package internal(set) var doubt: SendDoubt?
  var earlierAttempts: Int
  var neverLeft = 0
  var hasReached = false
  /// What is to be paid in all, by the last look.
  var total: Int64 = 0
  var aim = SumAim()
  /// The row was settled before, and is sent again.
  private(set) var wasSettled = false
  var tries = Tries()

  package init(record: Int, payment: Payment, origin: SubmissionOrigin, looksOnly: Bool = false) {
    self.record = record
    self.payment = payment
    self.origin = origin
    self.looksOnly = looksOnly
    settledAs = nil
    switch origin {
    case .fresh(let epoch, let prior): (self.epoch, earlierAttempts) = (epoch, prior)
    case .settledElsewhere, .claimedElsewhere: (epoch, earlierAttempts) = (1, 0)
    case .resumed(let intent, _):
      (epoch, attempt, earlierAttempts) = (intent.epoch, intent.attempts, intent.epoch - 1)
      (hasReached, doubt) = (true, intent.doubt ?? SendDoubt(since: intent.firstSentAt))
      if case .added = payment.meaning {
        (total, wasSettled) = (intent.terms?.total ?? 0, intent.raised != nil)
        aim = SumAim(intent.terms)
      }
    }
  }

  /// The machine of a settled row whose bill is looked at again, since a lost request may have set its payments back.
  package init(record: Int, payment: Payment, lookingAgain settlement: RowSettlement) {
    self.record = record
    self.payment = payment
    origin = .fresh(epoch: settlement.epoch + 1, priorAttempts: settlement.attempts)
    (looksOnly, settledAs, wasSettled) = (false, settlement.outcome, true)
    (epoch, earlierAttempts) = (settlement.epoch + 1, settlement.attempts)
  }

  package var operation: BillOperation { .pay(payment) }

  /// With the total, and the reference of what was added to it.
  package var sent: BillOperation {
    var whole = payment
    (whole.amount, whole.meaning) = (total, .total)
    if case .added(let reference) = payment.meaning {
      whole.metadata.append(key: Payment.metadataKey, value: reference)
    }
    return .pay(whole)
  }

  package var attempts: Int { earlierAttempts + attempt - neverLeft }

  package var terms: RowTerms? {
    var terms = RowTerms(operation)
    if case .added = payment.meaning {
      terms?.total = total
      aim.write(to: &terms)
    }
    return terms
  }

  package var sumBasis: Int? { aim.basis }

  package var stake: RowStake {
    var stake = operation.stake
    if wasSettled { stake.raised = .updated }
    return stake
  }

  package var withdrawal: RowWithdrawal? {
    switch phase {
    case .pausing where attempt > 0 && doubt == nil, .throttled where attempt > 0 && doubt == nil,
      .looking(.before) where attempt > 0 && doubt == nil:
      withdrawal(to: hasReached ? epoch + 1 : epoch)
    case .ready, .writing, .looking, .pausing, .throttled, .ended: nil
    }
  }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): begin()
    case (.pausing(let question), .due): look(question)
    case (.throttled, .due): same()
    case (.writing, .answer(let answer)): written(answer, context)
    case (.writing, .failure(let failure)): writeFailed(failure, context)
    case (.looking(let question), .answer(let answer)): looked(question, answer, context)
    case (.looking(let question), .failure(let failure)): again(question, failure.description, nil, context)
    case (.ready, .due), (.ready, .answer), (.ready, .failure), (.writing, .begin), (.writing, .due),
      (.looking, .begin), (.looking, .due), (.pausing, .begin), (.pausing, .answer), (.pausing, .failure),
      (.throttled, .begin), (.throttled, .answer), (.throttled, .failure),
      (.ended, .begin), (.ended, .due), (.ended, .answer), (.ended, .failure):
      SubmissionStep(.none)
    }
  }

  private mutating func begin() -> SubmissionStep {
    switch origin {
    case .fresh: return look(settledAs == nil ? .before : .last)
    case .resumed where looksOnly: return look(.only)
    case .resumed(let intent, _): return look(intent.isAnswered ? .last : .before)
    case .settledElsewhere, .claimedElsewhere:
      phase = .ended
      return SubmissionStep(.leave)
    }
  }

  mutating func look(_ question: Look) -> SubmissionStep {
    phase = .looking(question)
    return SubmissionStep(.getBill)
  }

  // MARK: The PATCH

  mutating func send(_ total: Int64) -> SubmissionStep {
    self.total = total
    // Each PATCH after a look is a request of its own: its values may be others.
    if attempt > 0 { (earlierAttempts, epoch, neverLeft) = (attempts, epoch + 1, 0) }
    (attempt, hasReached) = (1, false)
    phase = .writing
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  /// The API has put it off: the very same again.
  private mutating func same() -> SubmissionStep {
    attempt += 1
    phase = .writing
    return SubmissionStep(.send(Sending(form: form, epoch: epoch, attempt: attempt)))
  }

  private mutating func written(_ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    hasReached = true
    switch answer.judgement {
    case .found(.bill(let bill)):
      guard bill.amountPaid == total else {
        return end(
          .conflict, field: "amount_paid", message: "the API took the payment, and shows another amount_paid",
          id: bill.id, by: .answer)
      }
      return confirming(end(.updated, id: bill.id, by: .answer), total)
    case .notFound: return refused("the API doesn't know this bill any more", context)
    case .refused(let problem), .conflict(let problem):
      return refused(problem.description, field: problem.field, context)
    case .throttled:
      phase = .throttled
      return SubmissionStep(.wait(milliseconds: tries.throttled(answer.retryAfter, context)))
    case .unauthorised(let problem): return stop(problem)
    case .transient(let problem):
      return lost(problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): return lost(reason.description, nil, context)
    case .accepted, .found: return lost("the answer is not one to a payment", nil, context)
    }
  }

  private mutating func writeFailed(_ failure: TransferFailure, _ context: SubmissionContext) -> SubmissionStep {
    guard failure.mayHaveReachedServer else {
      neverLeft += 1
      return failure.isTooLate ? look(.before) : again(.before, failure.description, nil, context)
    }
    hasReached = true
    return lost(failure.description, nil, context)
  }

  private mutating func lost(
    _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    doubt = SendDoubt(since: context.now, sinceByServer: context.serverNow)
    aim.lost()
    return again(.before, reason, retryAfter, context)
  }
}
