import BillModel
import MomentAPI

extension PartyMachine {
  /// What an answer to a GET means.
  mutating func looked(_ question: Look, _ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    switch answer.judgement {
    case .found(let object): return found(object, question, context)
    case .notFound: return notFound(question, context)
    case .throttled: return throttled(.look(question), answer.retryAfter, context)
    case .unauthorised(let problem):
      phase = .ended
      return SubmissionStep(.stopRun(problem, withdrawing: nil))
    case .transient(let problem):
      return again(.look(question), problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): return again(.look(question), reason.description, nil, context)
    case .refused(let problem), .conflict(let problem): return again(.look(question), problem.description, nil, context)
    case .accepted: return again(.look(question), "the answer is not one to a question", nil, context)
    }
  }

  private mutating func found(
    _ object: RemoteObject, _ question: Look, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch question {
    case .before:
      theirs = object.metadata
      return same(context)
    case .owner:
      guard case .customer(let customer) = object else {
        return again(.look(question), "the answer is about another kind of object", nil, context)
      }
      return adopt(customer, context)
    // It is there, whoever made it: it gets the row's values.
    case .object:
      wasMet = true
      return change(epoch + 1, context)
    case .made(let problem): return wasMade(object, problem)
    case .last: return stands(object)
    case .only: return showsAlready(object)
    }
  }

  private mutating func notFound(_ question: Look, _ context: SubmissionContext) -> SubmissionStep {
    switch question {
    case .before where wasMet:
      return again(.look(.before), "the API showed it a moment ago, and doesn't know it now", nil, context)
    case .before: return isAbsent(context)
    case .owner(let trouble): return nothingIsThere(trouble, context)
    case .object(.replayedFailure):
      mayHaveLanded = false
      return again(.next, "the API failed, and made nothing", nil, context)
    case .object(.refusal(let problem)): return isAbsentAfterRefusal(problem, context)
    case .object(let trouble) where values.owner != nil && ownerID == nil: return look(.owner(trouble))
    case .object(let trouble): return nothingIsThere(trouble, context)
    case .made(let problem): return settle(refusal: problem)
    case .last where form != .change: return isAbsentAtLast(context)
    case .last:
      return settle(
        .conflict, code: .apiConflict, field: values.key.kind.rawValue,
        message: "the answer to a change of it was lost, and at the end of the file the API doesn't know it",
        by: .lookup)
    case .only: return giveUp("the API doesn't have it so far, and the request can be sent again")
    }
  }

  /// The API refused to make it, and doesn't have it. That is final as soon as no earlier request can make it any more, or
  /// change what another row makes.
  private mutating func isAbsentAfterRefusal(_ problem: Problem, _ context: SubmissionContext) -> SubmissionStep {
    guard lateMaking?.isOver(context) ?? true, lateChange?.isOver(context) ?? true else { return mayStillBeMade() }
    (lateMaking, lateChange, mayHaveLanded, mayHaveLandedEarlier) = (nil, nil, false, false)
    if problem.status == 422, values.owner != nil, ownerID == nil { return look(.owner(.refusal(problem))) }
    return settle(refusal: problem)
  }

  /// An earlier run was told that, or its answer was no last word.
  private mutating func isAbsentAtLast(_ context: SubmissionContext) -> SubmissionStep {
    guard doubt?.isOver(context) ?? true else { return mayStillBeMade() }
    (lateMaking, lateChange, mayHaveLanded) = (nil, nil, false)
    return open(epoch + 1, context)
  }

  private mutating func mayStillBeMade() -> SubmissionStep {
    giveUp("the API refuses it, and an earlier request for it may still be carried out", isAnswered: true)
  }

  /// The API refused a change of a party that a request of ours may have made, with the very values. It is there, whatever
  /// has moved them since: `refused` would say that nothing was done.
  private mutating func wasMade(_ object: RemoteObject, _ problem: Problem) -> SubmissionStep {
    let left = object.deviations(from: values)
    guard left.isEmpty else {
      return settle(
        .conflict, code: .apiConflict, field: left.first.map { path($0) },
        message: "the API has it with other values in \(left.joined(separator: ", ")), and refuses to change them "
          + "(\(problem.description)): a request of ours may have made it, and a payment have moved them since",
        id: object.id, by: .lookup)
    }
    return settle(.created, id: object.id, by: .lookup)
  }

  /// The customer is there: the account is made under its id. Where nothing was sent yet that is the row's first form.
  private mutating func adopt(_ customer: RemoteCustomer, _ context: SubmissionContext) -> SubmissionStep {
    ownerID = customer.id
    if mayHaveLanded { lateMaking = SendDoubt(since: context.now, sinceByServer: context.serverNow) }
    form = .accountUnder(customerID: customer.id)
    var step = open(attempt > 0 ? epoch + 1 : epoch, context)
    if let owner = values.owner {
      step.learned = [KnownParty(key: PartyKey(.customer, owner.reference), id: customer.id)]
    }
    return step
  }

  /// Nothing explains why it couldn't be made. After a 409 the key itself is under way; from the store that would stay
  /// so for a day.
  private mutating func nothingIsThere(_ trouble: Trouble, _ context: SubmissionContext) -> SubmissionStep {
    switch trouble {
    case .beforehand: return open(epoch, context)
    case .refusal(let problem): return refused(problem)
    case .replayedFailure:
      mayHaveLanded = false
      return again(.next, "the API failed, and made nothing", nil, context)
    case .conflict(let replayed):
      let reason = "the API reports a conflict, and has nothing that explains it"
      guard !replayed, let milliseconds = tries.conflicted(context) else { return giveUp(reason) }
      return pause(.same, milliseconds)
    }
  }

  /// Rule 16: what is read at the end of the file stands.
  private mutating func stands(_ object: RemoteObject) -> SubmissionStep {
    let left = object.deviations(from: values)
    guard left.isEmpty else {
      return settle(
        .conflict, code: .apiConflict, field: left.first.map { path($0) },
        message: "a change of it was repeated after its answer was lost, and at the end of the file the API has other "
          + "values in \(left.joined(separator: ", ")): a payment has moved them, the API refused the change, or the lost "
          + "request landed late",
        id: object.id, by: .lookup)
    }
    return settle(form == .change ? .updated : .created, id: object.id, by: .lookup)
  }

  /// Somebody only looks: what the API has already needs no request.
  private mutating func showsAlready(_ object: RemoteObject) -> SubmissionStep {
    let left = object.deviations(from: values)
    guard left.isEmpty else {
      return giveUp("the API has other values in \(left.joined(separator: ", ")); the same request can be sent again")
    }
    return settle(form == .change ? .updated : .created, id: object.id, by: .lookup)
  }
}
