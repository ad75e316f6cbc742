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
/// that would notice: it is overwritten. So the look is never older than the PATCH by more than one request's time.
package struct PaymentMachine: LookingMachine, Hashable {
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
    /// After a 429: the very same PATCH would be carried out on what was seen a while ago, so it looks again.
    case throttled
  }

  package let record: Int
  package let payment: Payment
  package let origin: SubmissionOrigin
  private let looksOnly: Bool

  var phase = Phase.ready
  package let form = BodyForm.change
  package internal(set) var epoch: Int
  package internal(set) var attempt = 0
  package internal(set) var doubt: SendDoubt?
  var earlierAttempts: Int
  var neverLeft = 0
  var hasReached = false
  /// What is to be paid in all, by the last look.
  var total: Int64 = 0
  var tries = Tries()

  package init(record: Int, payment: Payment, origin: SubmissionOrigin, looksOnly: Bool = false) {
    self.record = record
    self.payment = payment
    self.origin = origin
    self.looksOnly = looksOnly
    switch origin {
    case .fresh(let epoch, let prior): (self.epoch, earlierAttempts) = (epoch, prior)
    case .settledElsewhere, .claimedElsewhere: (epoch, earlierAttempts) = (1, 0)
    case .resumed(let intent, _):
      (epoch, attempt, earlierAttempts) = (intent.epoch, intent.attempts, intent.epoch - 1)
      (hasReached, doubt) = (true, intent.doubt ?? SendDoubt(since: intent.firstSentAt))
    }
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

  package var withdrawal: RowWithdrawal? {
    switch phase {
    case .pausing where attempt > 0 && doubt == nil, .throttled where attempt > 0 && doubt == nil:
      withdrawal(to: hasReached ? epoch + 1 : epoch)
    case .ready, .writing, .looking, .pausing, .throttled, .ended: nil
    }
  }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): begin()
    case (.pausing(let question), .due): look(question)
    case (.throttled, .due): look(.before)
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
    case .fresh: return look(.before)
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

  private mutating func send(_ total: Int64) -> SubmissionStep {
    self.total = total
    // Each PATCH after a look is a request of its own: its values may be others.
    if attempt > 0 { (earlierAttempts, epoch, neverLeft) = (attempts, epoch + 1, 0) }
    (attempt, hasReached) = (1, false)
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
      return end(.updated, id: bill.id, by: .answer)
    case .notFound: return end(.refused, message: "the API doesn't know this bill any more", by: .answer)
    case .refused(let problem), .conflict(let problem):
      return end(.refused, field: problem.field, message: problem.description, by: .answer)
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
      return again(.before, failure.description, nil, context)
    }
    hasReached = true
    return lost(failure.description, nil, context)
  }

  private mutating func lost(
    _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    doubt = SendDoubt(since: context.now, sinceByServer: context.serverNow)
    return again(.before, reason, retryAfter, context)
  }

  // MARK: Looks

  private mutating func looked(
    _ question: Look, _ answer: Answer, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch answer.judgement {
    case .found(.bill(let bill)): return found(bill, question)
    case .notFound: return absent(question)
    case .found, .accepted, .throttled, .unauthorised, .transient, .unreadable, .refused, .conflict:
      return unanswered(question, answer, context)
    }
  }

  private mutating func absent(_ question: Look) -> SubmissionStep {
    switch question {
    case .before: end(.refused, message: "the API has no bill of this reference", by: .lookup)
    case .last:
      settle(.conflict, message: "the payment was sent, and the API doesn't know the bill any more", by: .lookup)
    case .only: giveUp("the API has no bill of this reference")
    }
  }

  private mutating func found(_ bill: RemoteBill, _ question: Look) -> SubmissionStep {
    let isIn = contains(bill)
    switch question {
    case .before where isIn:
      // Sent by us, or by nobody of this run: what explains it is whether a request of ours is in doubt.
      return end(doubt == nil ? .unchanged : .updated, id: bill.id, by: .lookup)
    case .before: return pay(bill)
    case .last where isIn: return settle(.updated, id: bill.id, by: .lookup)
    case .last:
      return settle(
        .conflict, field: "amount_paid",
        message:
          "the payment was repeated after its answer was lost, and at the end of the file the bill shows another "
          + "amount_paid: another payment moved it, or the lost request landed late",
        id: bill.id, by: .lookup)
    case .only where isIn: return settle(.updated, id: bill.id, by: .lookup)
    case .only: return giveUp("the bill doesn't have the payment so far, and it can be sent again")
    }
  }

  /// Whether the payment is in what was paid.
  private func contains(_ bill: RemoteBill) -> Bool {
    switch payment.meaning {
    case .total, .atFirst:
      bill.currency == payment.currency && bill.amountPaid == payment.amount && hasMetadata(bill)
    case .added(let reference): bill.metadata[Payment.metadataKey] == reference
    }
  }

  private func hasMetadata(_ bill: RemoteBill) -> Bool {
    payment.metadata.pairs.allSatisfy { bill.metadata[$0.key] == $0.value }
  }

  private mutating func pay(_ bill: RemoteBill) -> SubmissionStep {
    if bill.status == .voided { return refuse(bill, "status", "the bill is voided, and takes no payment") }
    guard bill.currency == payment.currency else {
      return refuse(bill, "currency", "the bill is in \(bill.currency?.description ?? "no currency")")
    }
    guard let paid = bill.amountPaid, let due = bill.amountDue else {
      return refuse(bill, "amount_paid", "the API doesn't show what was paid on the bill")
    }
    let total: Int64
    switch payment.meaning {
    case .total: total = payment.amount
    case .atFirst:
      guard paid == 0 else {
        return refuse(
          bill, "amount_paid", "\(paid) is paid on the bill by now, and \(payment.amount) was before it was raised")
      }
      total = payment.amount
    case .added: total = paid + payment.amount
    }
    guard total <= due || bill.allowsOverpayment else {
      return refuse(bill, "amount_paid", "\(total) would be paid in all, and \(due) is due")
    }
    return send(total)
  }

  private mutating func refuse(_ bill: RemoteBill, _ field: String, _ message: String) -> SubmissionStep {
    end(.conflict, field: field, message: message, id: bill.id, by: .lookup)
  }
}
