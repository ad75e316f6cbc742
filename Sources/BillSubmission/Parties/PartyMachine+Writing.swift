import BillModel
import MomentAPI
import Transport

extension PartyMachine {
  /// What an answer to the PATCH or POST means.
  mutating func written(_ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    let isFirst = !hasReached
    hasReached = true
    return form == .change ? changed(answer, context) : made(answer, isFirst: isFirst, context)
  }

  /// What a request without an answer means.
  mutating func writeFailed(_ failure: TransferFailure, _ context: SubmissionContext) -> SubmissionStep {
    if failure.mayHaveReachedServer {
      lose(context)
    } else {
      neverLeft += 1
    }
    if failure.isTooLate, restsOnLook { return look(.before) }
    return again(repetition, failure.description, nil, context)
  }

  /// A request may have been carried out; a PATCH may still be, after what comes next.
  private mutating func lose(_ context: SubmissionContext) {
    (hasReached, mayHaveLanded) = (true, true)
    if form == .change { lateChange = SendDoubt(since: context.now, sinceByServer: context.serverNow) }
  }

  // MARK: PATCH

  private mutating func changed(_ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    switch answer.judgement {
    case .found(let object): return hasNow(object, .updated, learned: [])
    // Made again it would be met again, without end.
    case .notFound where wasMet:
      return refused(Problem(status: 404, title: "it is there, and the API answers so to its change"))
    case .notFound: return isAbsent(context)
    case .refused(let problem), .conflict(let problem): return refused(problem)
    case .throttled: return throttled(.same, answer.retryAfter, context)
    case .unauthorised(let problem): return unauthorised(problem)
    case .transient(let problem):
      lose(context)
      return again(repetition, problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason):
      lose(context)
      return again(repetition, reason.description, nil, context)
    case .accepted:
      lose(context)
      return again(repetition, "the answer is not one to a change", nil, context)
    }
  }

  /// The API took it: an answer that shows other values than were sent contradicts itself.
  private mutating func hasNow(
    _ object: RemoteObject, _ outcome: RowOutcome, learned: [KnownParty]
  ) -> SubmissionStep {
    let left = object.deviations(from: values)
    guard left.isEmpty else {
      return end(
        .conflict, code: .apiConflict, field: left.first.map { path($0) },
        message: "the API took it, and shows other values in \(left.joined(separator: ", "))", id: object.id,
        by: .answer)
    }
    return end(outcome, id: object.id, by: .answer, learned: learned)
  }

  /// It isn't there to be changed, and is made, where the row says all that this needs.
  mutating func isAbsent(_ context: SubmissionContext) -> SubmissionStep {
    guard values.key.kind == .customer || values.owner != nil else {
      return end(
        .refused, code: .apiRefused, field: "account.customer.external_reference",
        message: "the API has no account of this reference, and the row doesn't say whose it would be", by: .answer)
    }
    phase = .ended
    return SubmissionStep(.make(withdrawal(to: attempt > 0 ? epoch + 1 : epoch), holdsIntent: hasIntent))
  }

  // MARK: POST

  private mutating func made(_ answer: Answer, isFirst: Bool, _ context: SubmissionContext) -> SubmissionStep {
    switch answer.judgement {
    // Another run made it some time ago: since then its values may have changed.
    case .accepted where answer.replayed && isFirst: return change(epoch + 1, context)
    case .accepted(let object): return hasNow(object, .created, learned: known(object))
    case .conflict:
      if answer.replayed { keySaysNo() }
      return look(.object(.conflict(replayed: answer.replayed)))
    case .refused(let problem): return makingRefused(problem, replayed: answer.replayed, context)
    case .throttled:
      if answer.replayed { keySaysNo() }
      return throttled(answer.replayed ? .next : .same, answer.retryAfter, context)
    case .unauthorised(let problem):
      guard answer.replayed else { return unauthorised(problem) }
      keySaysNo()
      return again(.next, problem.description, nil, context)
    case .transient(let problem):
      lose(context)
      if answer.replayed { return look(.object(.replayedFailure)) }
      return again(.same, problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): return unreadable(reason.description, replayed: answer.replayed, context)
    case .found, .notFound:
      return unreadable("the answer is not one to a creation", replayed: answer.replayed, context)
    }
  }

  private mutating func unreadable(
    _ reason: String, replayed: Bool, _ context: SubmissionContext
  ) -> SubmissionStep {
    lose(context)
    return replayed ? look(.object(.replayedFailure)) : again(.same, reason, nil, context)
  }

  /// The store's own answer to the key of this epoch: no request under it will be carried out any more. One before that may
  /// have been, its key forgotten since.
  private mutating func keySaysNo() {
    (mayHaveLandedEarlier, mayHaveLanded) = (mayHaveMade, false)
  }

  /// Rule 7. A 422 may mean that the party, or the customer that it nests, is there; and where an earlier request had no
  /// answer, it may be there whatever the API says.
  private mutating func makingRefused(
    _ problem: Problem, replayed: Bool, _ context: SubmissionContext
  ) -> SubmissionStep {
    if replayed {
      keySaysNo()
      return again(.next, problem.description, nil, context)
    }
    if problem.status == 404, ownerID == nil { return stop(problem) }
    return problem.status == 422 || !hadNoEffect ? look(.object(.refusal(problem))) : refused(problem)
  }

  private mutating func unauthorised(_ problem: Problem) -> SubmissionStep { stop(problem) }

  /// The parties that an answer to the POST shows to exist.
  private func known(_ object: RemoteObject) -> [KnownParty] {
    var parties = [KnownParty(key: values.key, id: object.id, customerReference: values.owner?.reference)]
    if case .account(let account) = object, let owner = values.owner, let id = account.customerID, ownerID == nil {
      parties.insert(KnownParty(key: PartyKey(.customer, owner.reference), id: id), at: 0)
    }
    return parties
  }
}
