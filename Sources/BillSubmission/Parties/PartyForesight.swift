package import BillModel
import MomentAPI
import Transport

/// Finds out, for a plan, whether a row about a customer or an account would change it or make it. Asks, and sends nothing.
package struct PartyForesight: LookingMachine, Hashable {
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
  var tries = Tries()

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
    case .accepted, .throttled, .unauthorised, .transient, .unreadable, .refused, .conflict:
      return unanswered(party, answer, context)
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

  mutating func pause(before party: PartyKey) { phase = .pausing(party) }

  mutating func stop(_ problem: Problem) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.stopRun(problem, withdrawing: nil))
  }

  /// Nothing can be found out.
  mutating func giveUp(_ reason: String) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.giveUp(reason, isAnswered: false))
  }
}
