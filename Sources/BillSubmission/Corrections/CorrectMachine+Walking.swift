import BillModel
import MomentAPI

/// The bills of the series, from the one that the row names on.
extension CorrectMachine {
  mutating func look(_ question: Look) -> SubmissionStep {
    phase = .looking(question)
    switch question {
    case .bill: return SubmissionStep(.getBill)
    case .party(let key, _, _): return SubmissionStep(.getParty(key))
    }
  }

  /// What an answer to a GET means.
  mutating func looked(_ question: Look, _ answer: Answer, _ context: SubmissionContext) -> SubmissionStep {
    switch answer.judgement {
    case .found(let object): return found(object, question, context)
    case .notFound: return notFound(question, context)
    case .accepted, .throttled, .unauthorised, .transient, .unreadable, .refused, .conflict:
      return unanswered(question, answer, context)
    }
  }

  private mutating func found(
    _ object: RemoteObject, _ question: Look, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch (question, object) {
    case (.bill(let number), .bill(let remote)): return compare(remote, number, context)
    case (.party(_, let remote, let number), .account(let account)):
      evidence.account = .id(account.id)
      return compare(remote, number, context)
    case (.party(_, let remote, let number), .customer(let customer)):
      evidence.customer = .id(customer.id)
      return compare(remote, number, context)
    case (.bill, .account), (.bill, .customer), (.party, .bill):
      return again(question, "the answer is about another kind of object", nil, context)
    }
  }

  private mutating func notFound(_ question: Look, _ context: SubmissionContext) -> SubmissionStep {
    switch question {
    case .party(let key, let remote, let number):
      if key.kind == .account { evidence.account = .absent } else { evidence.customer = .absent }
      return compare(remote, number, context)
    case .bill(0): return settle(.refused, message: "the API has no bill of this reference")
    case .bill(let next): return end(of: next, context)
    }
  }

  /// A bill of the series, beside what the row says.
  private mutating func compare(
    _ remote: RemoteBill, _ number: Int, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch PartyMatch(of: remote, with: correction.bill.party, evidence: evidence) {
    case .unknown: return askParty(of: remote, number)
    case .different(let field):
      return conflict(field, "the bill \(correction.reference(number)) hangs on another party", id: remote.id)
    case .same: break
    }
    let place = number > 0 ? history.standing(of: number) : .inPlace
    switch BillComparison(of: remote, with: correction.bill(number), evidence: evidence) {
    case .voided where standing == nil && place != .another:
      voided = remote
      return next(after: number)
    case .same where place != .another, .samePaid where place != .another:
      return isAsAsked(remote, number, context)
    case .same, .samePaid, .voided, .differs, .partyUnknown: return differs(remote, number, place)
    }
  }

  private mutating func askParty(of remote: RemoteBill, _ number: Int) -> SubmissionStep {
    switch correction.bill.party {
    case .account(let account): look(.party(PartyKey(.account, account.reference), of: remote, number: number))
    case .customer(let customer): look(.party(PartyKey(.customer, customer.reference), of: remote, number: number))
    case .customerID, .accountID: conflict("customer", "the bill hangs on another party", id: remote.id)
    }
  }

  /// A bill is there as the row wants it. Where the one before it still stands, that one is to go.
  private mutating func isAsAsked(
    _ remote: RemoteBill, _ number: Int, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard standing != nil else {
      return settle(
        .unchanged, message: number > 0 ? "corrected before, as \(correction.reference(number))" : nil, id: remote.id)
    }
    (self.number, raisedID) = (number, remote.id)
    return voidStanding(context)
  }

  private mutating func differs(
    _ remote: RemoteBill, _ number: Int, _ place: SeriesHistory.Standing
  ) -> SubmissionStep {
    guard standing == nil, place != .another else {
      return conflict(
        "external_reference", "the bill \(correction.reference(number)) is there already, and is another", id: remote.id
      )
    }
    guard remote.currency == correction.bill.currency else {
      return conflict("currency", "the bill is in \(remote.currency?.description ?? "no currency")", id: remote.id)
    }
    guard !remote.isPaidOrPartPaid else {
      return conflict("amount_paid", "the bill is paid, in part or whole, and is left as it is", id: remote.id)
    }
    guard remote.status == .unpaid else {
      return conflict("status", "the bill is not unpaid, and is left as it is", id: remote.id)
    }
    standing = remote
    return next(after: number)
  }

  private mutating func next(after number: Int) -> SubmissionStep {
    guard number < CorrectionSeries.most else {
      return conflict("external_reference", "the bill was corrected \(number) times, and its series is at its end")
    }
    return look(.bill(number + 1))
  }

  /// The series ends before this number: the bill of it is to be made.
  private mutating func end(of next: Int, _ context: SubmissionContext) -> SubmissionStep {
    number = next
    if standing != nil { return voidStanding(context) }
    if let last = history.branch.last, let first = correction.series.first(of: last)?.reference {
      number = 0
      return conflict(
        "external_reference",
        "the bill is voided, and \(last) was raised in its place by a row that named another bill of its series: one that "
          + "names \(first) corrects what stands", id: voided?.id)
    }
    guard isVoidedByUs else {
      number = 0
      return conflict("status", "the bill is voided, and no bill has taken its place", id: voided?.id)
    }
    return raiseNext(after: firstEpoch - 1, attempts: priorAttempts, context)
  }

  // MARK: Endings

  mutating func settle(
    _ outcome: RowOutcome, field: String? = nil, message: String? = nil, id: String? = nil
  ) -> SubmissionStep {
    let settlement = settlement(outcome, field: field, message: message, id: id, by: .lookup)
    if isVoidedByUs, outcome != .unchanged { return staysUnraised(settlement, message) }
    phase = .ended
    return SubmissionStep(.settle(settlement))
  }

  mutating func conflict(_ field: String, _ message: String, id: String? = nil) -> SubmissionStep {
    settle(.conflict, field: field, message: message, id: id)
  }

  mutating func leave() -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.leave)
  }

  mutating func stop(_ problem: Problem) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.stopRun(problem, withdrawing: nil))
  }

  mutating func pause(before question: Look) { phase = .pausing(question) }

  mutating func giveUp(_ reason: String) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.giveUp(reason, isAnswered: false))
  }

  /// Counts a failed look: again after a pause, or the row stays unsent.
  mutating func again(
    _ question: Look, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard let pause = tries.failed(retryAfter, context) else { return leave() }
    phase = .pausing(question)
    return SubmissionStep(.wait(milliseconds: pause))
  }
}
