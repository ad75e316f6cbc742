package import BillModel
import MomentAPI
import Transport

/// Finds out, for a plan, whether a row about a customer or an account would change it or make it. Asks, and sends nothing.
package struct PartyForesight: RowMachine, Hashable {
  private enum Phase: Hashable {
    case ready, ended
    case looking(PartyKey)
    case pausing(PartyKey)
  }

  package let record: Int
  package let values: PartyValues
  package let origin: SubmissionOrigin
  package let epoch: Int
  package let form = BodyForm.change
  package let attempt = 0
  package let attempts = 0
  package let doubt: SendDoubt? = nil
  package let withdrawal: RowWithdrawal? = nil
  /// The parties that the row would create, customer first.
  package private(set) var makes: [PartyKey] = []
  private let isOwnerThere: Bool
  private let isThere: Bool
  private var phase = Phase.ready
  private var tries = Tries()

  /// `isThere`, `isOwnerThere`: that is known already, of the party and of an account's customer.
  package init(record: Int, values: PartyValues, origin: SubmissionOrigin, isThere: Bool, isOwnerThere: Bool) {
    self.record = record
    self.values = values
    self.origin = origin
    self.isThere = isThere
    self.isOwnerThere = isOwnerThere
    if case .fresh(let first, _) = origin { epoch = first } else { epoch = 1 }
  }

  package var operation: BillOperation { .set(values) }
  package var sent: BillOperation { operation }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    switch (phase, event) {
    case (.ready, .begin): return isThere ? settle(.updated) : look(values.key)
    case (.pausing(let party), .due): return look(party)
    case (.looking(let party), .answer(let answer)): return looked(party, answer, context)
    case (.looking(let party), .failure(let failure)): return again(party, failure.description, nil, context)
    case (.ready, .due), (.ready, .answer), (.ready, .failure), (.looking, .begin), (.looking, .due),
      (.pausing, .begin), (.pausing, .answer), (.pausing, .failure),
      (.ended, .begin), (.ended, .due), (.ended, .answer), (.ended, .failure):
      return SubmissionStep(.none)
    }
  }

  private mutating func look(_ party: PartyKey) -> SubmissionStep {
    phase = .looking(party)
    return SubmissionStep(.getParty(party))
  }

  private mutating func looked(
    _ party: PartyKey, _ answer: Answer, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch answer.judgement {
    case .found: return party == values.key ? settle(.updated) : made([values.key])
    case .notFound: return absent(party)
    case .throttled:
      phase = .pausing(party)
      return SubmissionStep(.wait(milliseconds: tries.throttled(answer.retryAfter, context)))
    case .unauthorised(let problem):
      phase = .ended
      return SubmissionStep(.stopRun(problem, withdrawing: nil))
    case .transient(let problem):
      return again(party, problem?.description ?? "the API can't answer now", answer.retryAfter, context)
    case .unreadable(let reason): return again(party, reason.description, nil, context)
    case .refused(let problem), .conflict(let problem): return again(party, problem.description, nil, context)
    case .accepted: return again(party, "the answer is not one to a question", nil, context)
    }
  }

  private mutating func absent(_ party: PartyKey) -> SubmissionStep {
    guard party == values.key else { return made([party, values.key]) }
    guard values.key.kind == .account else { return made([values.key]) }
    guard let owner = values.owner else {
      return settle(
        .refused, field: "account.customer.external_reference",
        message: "the API has no account of this reference, and the row doesn't say whose it would be")
    }
    return isOwnerThere ? made([values.key]) : look(PartyKey(.customer, owner.reference))
  }

  private mutating func made(_ parties: [PartyKey]) -> SubmissionStep {
    makes = parties
    return settle(.created)
  }

  private mutating func settle(
    _ outcome: RowOutcome, field: String? = nil, message: String? = nil
  ) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.settle(settlement(outcome, field: field, message: message, by: .lookup)))
  }

  /// Counts a failure: again after a pause, or nothing can be found out.
  private mutating func again(
    _ party: PartyKey, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard let pause = tries.failed(retryAfter, context) else {
      phase = .ended
      return SubmissionStep(.giveUp(reason, isAnswered: false))
    }
    phase = .pausing(party)
    return SubmissionStep(.wait(milliseconds: pause))
  }
}
