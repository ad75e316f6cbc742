import BillModel
import MomentAPI
import Transport

extension SubmissionMachine {
  /// What an answer to the POST means.
  mutating func posted(_ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    let isFirst = !hasReached
    hasReached = true
    switch answer.judgement {
    case .accepted(.bill(let remote)):
      return answer.replayed && isFirst ? madeBefore(remote) : accepted(remote)
    case .accepted(.account), .accepted(.customer), .found, .notFound:
      return unreadable("the answer is not about a bill that was created", replayed: answer.replayed, context)
    case .unreadable(let reason):
      return unreadable(reason.description, replayed: answer.replayed, context)
    case .refused(let problem):
      return refused(problem, replayed: answer.replayed, context)
    case .conflict:
      hasConflicted = true
      // A 409 from the store is the key's own first answer: no request under it made anything. What went under a key before
      // it stays in doubt.
      if answer.replayed { mayHaveLanded = false }
      return ask(.bill(.conflict(replayed: answer.replayed)))
    case .throttled:
      if answer.replayed { keySaysNo() }
      return throttled(answer.replayed ? .nextEpoch : .sameKey, answer.retryAfter, context)
    case .transient(let problem):
      mayHaveLanded = true
      if answer.replayed { return ask(.bill(.replayedFailure)) }
      return postUnanswered(problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unauthorised(let problem):
      return unauthorised(problem, replayed: answer.replayed, context)
    }
  }

  /// What a POST without an answer means.
  mutating func postFailed(_ failure: TransferFailure, _ context: SubmissionContext) -> SubmissionStep {
    if failure.mayHaveReachedServer {
      hasReached = true
      mayHaveLanded = true
    } else {
      neverLeft += 1
    }
    return postUnanswered(failure.description, nil, context)
  }

  /// A success: the bill is there, and so are the parties that its body nested.
  private mutating func accepted(_ remote: RemoteBill) -> SubmissionStep {
    contradiction(in: remote) ?? settle(.created, billID: remote.id, by: .answer, learned: parties(with: remote))
  }

  /// Rule 6: another run's request under this key made the bill, and this answer is what was said then. What became of
  /// the bill since, whether it was paid or voided, is asked. The body was the same, so that its parties are the row's.
  private mutating func madeBefore(_ remote: RemoteBill) -> SubmissionStep {
    if let conflict = contradiction(in: remote) { return conflict }
    if form == .nested, let customer = remote.customerID { evidence.customer = .id(customer) }
    if let account = remote.accountID, self.account != nil { evidence.account = .id(account) }
    var step = ask(.bill(.replayed))
    step.learned = parties(with: remote)
    return step
  }

  /// The end of a row whose bill isn't as it was asked for, whatever the status. One that hangs elsewhere than it should
  /// (an API may take an account of this reference that another customer has) teaches nothing.
  private mutating func contradiction(in remote: RemoteBill) -> SubmissionStep? {
    if remote.status == .voided {
      return conflict(remote, field: "status", "the API says that the bill is there, and voided", by: .answer)
    }
    if let misplacement = Misplacement(remote, sent: form, of: party) {
      return conflict(remote, field: misplacement.field, misplacement.message, by: .answer)
    }
    return nil
  }

  private func parties(with remote: RemoteBill) -> [KnownParty] {
    switch form {
    case .nested: known(customerID: remote.customerID, accountID: remote.accountID)
    case .accountUnder: known(customerID: nil, accountID: remote.accountID)
    case .account, .customer, .change: []
    }
  }

  /// Rule 5: what can't be read is not known. From the store it would come back the same.
  private mutating func unreadable(
    _ reason: String, replayed: Bool, _ context: SubmissionContext
  ) -> SubmissionStep {
    mayHaveLanded = true
    return replayed ? ask(.bill(.lastResort)) : postUnanswered(reason, nil, context)
  }

  /// Rule 7: a definite no. One from the store was said when the key was first used: maybe to a row of another file, or
  /// to a run that died; the cause may be mended since. So the next epoch asks afresh. A 422 may mean that a nested
  /// party is there; that is looked at first. Where an earlier request had no answer, under this key or one before it, it may
  /// have made the bill all the same, with its key forgotten: the bill is asked for, and only then is the row refused.
  private mutating func refused(
    _ problem: Problem, replayed: Bool, _ context: SubmissionContext
  ) -> SubmissionStep {
    if !replayed, problem.status == 404, !rowGivesIDs {
      return namedParty == nil || context.otherParties.isEmpty ? pathIsUnknown(problem) : ask(.named(problem))
    }
    if replayed {
      keySaysNo()
      return failed(then: .nextEpoch, problem.description, nil, context)
    }
    if mayHaveLanded || mayBeThere { return ask(.bill(.refusal(problem))) }
    if problem.status == 422, nestsParties { return lookForParties(.refusal(problem), context) }
    return refusedForGood(problem)
  }

  /// The party that the body names by an id that this API gave us, and that id; `nil` where it names none.
  var namedParty: (kind: PartyKind, id: String)? {
    switch form {
    case .account(let id): (.account, id)
    case .accountUnder(let id), .customer(let id): (.customer, id)
    case .nested, .change: nil
    }
  }

  /// What was told 404 is there by this id, or by none: with its own the 404 isn't about it.
  mutating func isThere(_ id: String, _ problem: Problem) -> SubmissionStep {
    id == namedParty?.id ? pathIsUnknown(problem) : partyIsGone(problem)
  }

  /// The 404 is about the row: the party that it names isn't there any more, and the path is right.
  mutating func partyIsGone(_ problem: Problem) -> SubmissionStep {
    mayHaveLanded || mayBeThere ? ask(.bill(.refusal(problem))) : refusedForGood(problem)
  }

  /// The store's own answer to the key of this epoch: no request under it will be carried out any more.
  private mutating func keySaysNo() {
    (mayBeThere, mayHaveLanded) = (mayBeThere || mayHaveLanded, false)
  }

  /// While a request of an earlier epoch is in doubt, no row is refused: the bill may be there, or come to be.
  mutating func refusedForGood(_ problem: Problem) -> SubmissionStep {
    guard doubt == nil else { return ask(.bill(.refusal(problem))) }
    return settle(.refused, code: .apiRefused, field: problem.field, message: problem.description, by: .answer)
  }

  /// A 404 that can't be about the row, since the row names nothing that had to be there before (an id in the body is
  /// one that this API gave us, and it is there): there is no such call, and no other row will fare better.
  mutating func pathIsUnknown(_ problem: Problem) -> SubmissionStep {
    let withdrawal = withdrawalBehindNo
    phase = .ended
    return SubmissionStep(.stopRun(problem, withdrawing: withdrawal))
  }

  /// Taking the row back behind a definite no; `nil` where another request of it may have had an effect.
  var withdrawalBehindNo: RowWithdrawal? {
    guard hadNoEffect, !hasConflicted else { return nil }
    return RowWithdrawal(record: record, nextEpoch: epoch + 1, attempts: attempts)
  }

  /// The key isn't accepted. From the store it is an old answer: the next epoch asks afresh (rule 7).
  private mutating func unauthorised(
    _ problem: Problem, replayed: Bool, _ context: SubmissionContext
  ) -> SubmissionStep {
    if replayed {
      keySaysNo()
      return failed(then: .nextEpoch, problem.description, nil, context)
    }
    let isWithoutEffect = attempt == 1 && hadNoEffect
    phase = .ended
    return SubmissionStep(
      .stopRun(
        problem,
        withdrawing: isWithoutEffect ? RowWithdrawal(record: record, nextEpoch: epoch + 1, attempts: attempts) : nil))
  }

  /// Rules 9 and 11: the same key again, after a pause, a bounded number of times. Then a look, and if that doesn't
  /// help, unknown.
  private mutating func postUnanswered(
    _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard failures + 1 < context.policy.tries else { return exhausted(reason) }
    return failed(then: .sameKey, reason, retryAfter, context)
  }

  private mutating func exhausted(_ reason: String) -> SubmissionStep {
    guard hasReached || !hadNoEffect else {
      phase = .ended
      return SubmissionStep(.withdraw(RowWithdrawal(record: record, nextEpoch: epoch, attempts: attempts), reason))
    }
    failures += 1
    return ask(.bill(.lastResort))
  }
}
