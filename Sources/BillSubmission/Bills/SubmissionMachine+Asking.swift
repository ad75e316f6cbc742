import BillModel
import MomentAPI

extension SubmissionMachine {
  /// How many other parties are asked for, before a path is held for wrong.
  private static let mostWitnesses = 8

  /// What an answer to a GET means.
  mutating func answered(_ question: Question, _ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    switch answer.judgement {
    case .found(let object): return found(object, question, context)
    case .notFound: return notFound(question, context)
    case .throttled: return throttled(.ask(question), answer.retryAfter, context)
    case .transient(let problem):
      return askFailed(question, problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(.sharedID(let id, with: let other)):
      return sharedID(id, with: other, question, context)
    case .unreadable(let reason): return askFailed(question, reason.description, nil, context)
    case .refused(let problem), .conflict(let problem): return askFailed(question, problem.description, nil, context)
    case .accepted: return askFailed(question, "the answer is not one to a question", nil, context)
    case .unauthorised(let problem):
      phase = .ended
      return SubmissionStep(.stopRun(problem, withdrawing: nil))
    }
  }

  /// A GET without an answer that helps: again after a pause, a bounded number of times.
  mutating func askFailed(
    _ question: Question, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    failed(then: .ask(question), reason, retryAfter, context)
  }

  private mutating func found(
    _ object: RemoteObject, _ question: Question, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch (question, object) {
    case (.bill(let reason), .bill(let remote)): return compare(remote, reason, context)
    case (.party(.customer, let remote, let reason), .customer(let customer)):
      evidence.customer = .id(customer.id)
      return compare(remote, reason, context)
    case (.party(.account, let remote, let reason), .account(let account)):
      evidence.account = .id(account.id)
      return compare(remote.owned(asTold: account), reason, context)
    case (.account, .account(let account)): return checkOwner(account, context)
    case (.customer, .customer(let customer)): return adopt(customer, context)
    case (.owner(let account), .customer(let customer)): return checkOwner(account, is: customer, context)
    case (.named(let problem), .account(let account)) where namedParty?.kind == .account:
      return isThere(account.id, problem)
    case (.named(let problem), .customer(let customer)) where namedParty?.kind == .customer:
      return isThere(customer.id, problem)
    case (.witness(_, let problem), .account), (.witness(_, let problem), .customer): return partyIsGone(problem)
    case (.bill, .account), (.bill, .customer), (.party, .bill), (.party(.customer, _, _), .account),
      (.party(.account, _, _), .customer), (.account, .bill), (.account, .customer), (.customer, .bill),
      (.customer, .account), (.owner, .bill), (.owner, .account), (.named, .bill), (.named, .account),
      (.named, .customer),
      (.witness, .bill):
      return askFailed(question, "the answer is about another kind of object", nil, context)
    }
  }

  private mutating func notFound(_ question: Question, _ context: SubmissionContext) -> SubmissionStep {
    switch question {
    case .bill(let reason): return billIsAbsent(reason, context)
    case .party(.customer, let remote, let reason):
      evidence.customer = .absent
      return compare(remote, reason, context)
    case .party(.account, let remote, let reason):
      evidence.account = .absent
      return compare(remote, reason, context)
    case .account(let trouble): return accountIsAbsent(trouble, context)
    case .customer(let trouble): return nothingIsThere(trouble, context)
    case .owner: return ownedByAnother()
    // All may be missing there.
    case .named(let problem): return askWitness(after: [], problem, context)
    case .witness(let parties, let problem): return askWitness(after: parties, problem, context)
    }
  }

  /// Another party that was there before is asked for, of several one after the other: those may be gone too. Where none of
  /// them is there, the path is wrong.
  private mutating func askWitness(
    after asked: [PartyKey], _ problem: Problem, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard asked.count < Self.mostWitnesses, let next = context.otherParties.first(where: { !asked.contains($0) }) else {
      return pathIsUnknown(problem)
    }
    return ask(.witness(asked + [next], problem))
  }

  /// The bill isn't there; what that proves depends on why it was asked.
  private mutating func billIsAbsent(_ reason: Question.Reason, _ context: SubmissionContext) -> SubmissionStep {
    mayBeThere = false
    switch reason {
    case .conflict(let replayed):
      // A party may be the reason. Once its key has said that, no doubt about it goes along into the next epoch.
      if conflicts == 0, keyCanTell(reason, context) { return askKey(context) }
      return lookForParties(.conflict(replayed: replayed), context)
    case .replayedFailure:
      // The key's answer stands: nothing under it will be carried out any more.
      mayHaveLanded = false
      return failed(then: .nextEpoch, "the API failed, and made no bill", nil, context)
    case .replayed:
      return failed(
        then: .ask(.bill(.replayed)), "the API says under this key that the bill was made, and doesn't have it", nil,
        context)
    case .windowPassed: return open(epoch + 1, context, isAbsent: true)
    case .otherBody where windowIsOpen(context):
      awaitsKey = true
      return giveUp(requestOfAnother(context))
    case .otherBody: return open(epoch + 1, context, isAbsent: true)
    case .settledElsewhere: return settledElsewhereAndGone()
    case .claimedElsewhere:
      phase = .ended
      return SubmissionStep(.leave)
    case .refusal(let problem): return absentAfterRefusal(problem, context)
    case .lastResort: return giveUp("no answer could be read, and the API doesn't have the bill so far")
    case .look: return giveUp(lookedInVain(context))
    case .foresight: return lookForParties(.beforehand, context)
    case .planned:
      phase = .ended
      return SubmissionStep(.leave)
    }
  }

  /// Why a request that this program would write otherwise isn't sent again, and from when on the row can be settled.
  private func requestOfAnother(_ context: SubmissionContext) -> String {
    let end = firstSentAt?.advanced(byMilliseconds: context.policy.window + 59_999).rfc3339
    let hour = end.map { " (\($0.prefix(10)) \($0.dropFirst(11).prefix(5)) UTC)" } ?? ""
    return "its request was written by another version of billdrop, which can send it again; this one can settle the "
      + "row when the key has expired\(hour)"
  }

  /// What a look that found nothing means for a row that is unknown.
  private func lookedInVain(_ context: SubmissionContext) -> String {
    if case .resumed(let intent, _) = origin, intent.isAnswered {
      return doubtIsOver(context)
        ? "the API refused it, and doesn't have the bill: it can be sent again under a new key"
        : "the API refused it, and an earlier request for it may still be carried out"
    }
    return windowIsOpen(context)
      ? "the API doesn't have the bill so far; while its Idempotency-Key is valid that proves nothing, and the same request can be "
        + "sent again under it"
      : "the API doesn't have the bill, and its key is no longer relied on: it can be sent again under a new one"
  }

  /// Asked for this bill, the API shows an id that it gave to another one: which of the two the id means can't be told.
  private mutating func sharedID(
    _ id: String, with other: String, _ question: Question, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard case .bill = question else {
      return askFailed(question, UnreadableReason.sharedID(id, with: other).description, nil, context)
    }
    return settle(
      .conflict, code: .apiConflict, field: "id",
      message: "the API has this bill under the id \(id), which it gave to the bill \(other) too", billID: id,
      by: .lookup)
  }

  /// The API refused the row, and doesn't have its bill. That is final as soon as no earlier request can come through.
  private mutating func absentAfterRefusal(_ problem: Problem?, _ context: SubmissionContext) -> SubmissionStep {
    guard doubtIsOver(context) else {
      return giveUp("the API refuses it, and an earlier request for it may still be carried out", isAnswered: true)
    }
    guard let problem else { return open(epoch + 1, context, isAbsent: true) }
    (doubt, mayHaveLanded) = (nil, false)
    if problem.status == 422, nestsParties { return lookForParties(.refusal(problem), context) }
    return refusedForGood(problem)
  }

  /// Rule 14: the ledger knows that another file's bill was made, and it isn't there. Nobody but a person can tell
  /// which of the two is wrong.
  private mutating func settledElsewhereAndGone() -> SubmissionStep {
    settle(
      .conflict, code: .apiConflict, field: "external_reference",
      message: "another file has a bill of this reference, by the ledger, and the API doesn't know it", by: .lookup)
  }
}

extension RemoteBill {
  /// The bill with its account's customer filled in, where it came without one and hangs on this account.
  fileprivate func owned(asTold account: RemoteAccount) -> Self {
    guard accountID == account.id, customerID == nil else { return self }
    var bill = self
    bill.customerID = account.customerID
    return bill
  }
}
