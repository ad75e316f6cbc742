import BillModel
import MomentAPI

extension PartyMachine {
  /// A definite answer. While a PATCH of the row may still land, it isn't the end.
  mutating func end(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation, learned: [KnownParty] = []
  ) -> SubmissionStep {
    guard lateChange == nil else {
      phase = .ended
      return SubmissionStep(.readAgain, learned: learned)
    }
    return settle(
      outcome, code: code, field: field, message: message, id: id, by: confirmation, learned: learned)
  }

  mutating func settle(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation, learned: [KnownParty] = []
  ) -> SubmissionStep {
    phase = .ended
    let settlement = settlement(outcome, code: code, field: field, message: message, id: id, by: confirmation)
    return SubmissionStep(.settle(settlement), learned: learned)
  }

  /// A field of the party as an API path.
  func path(_ field: String) -> String { "\(values.key.kind.rawValue).\(field)" }

  /// A definite no. A PATCH that is refused changes nothing; but a request of ours may have made the party with these values.
  mutating func refused(_ problem: Problem) -> SubmissionStep {
    if form == .change, lateChange == nil, mayHaveMade { return look(.made(problem)) }
    return end(.refused, code: .apiRefused, field: problem.field, message: problem.description, by: .answer)
  }

  mutating func settle(refusal problem: Problem) -> SubmissionStep {
    settle(.refused, code: .apiRefused, field: problem.field, message: problem.description, by: .answer)
  }

  /// No row can go. This one is taken back where it certainly had no effect.
  mutating func stop(_ problem: Problem) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.stopRun(problem, withdrawing: hadNoEffect && hasIntent ? withdrawal(to: epoch + 1) : nil))
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String, isAnswered: Bool = false) -> SubmissionStep {
    let isAnswered = if case .looking(.last) = phase { true } else { isAnswered }
    phase = .ended
    guard hasIntent else { return SubmissionStep(.leave) }
    if !hasReached, hadNoEffect { return SubmissionStep(.withdraw(withdrawal(to: epoch), reason)) }
    return SubmissionStep(.giveUp(reason, isAnswered: isAnswered))
  }

  mutating func leave() -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.leave)
  }

  /// Counts a failure: on after a pause, or the end.
  mutating func again(
    _ resumption: Resumption, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard let milliseconds = tries.failed(retryAfter, context) else { return giveUp(reason) }
    return pause(resumption, milliseconds)
  }

  /// Rule 8: not carried out, and no failure of the row's.
  mutating func throttled(
    _ resumption: Resumption, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    pause(resumption, tries.throttled(retryAfter, context))
  }

  mutating func pause(_ resumption: Resumption, _ milliseconds: Int64) -> SubmissionStep {
    phase = .pausing(resumption)
    return SubmissionStep(.wait(milliseconds: milliseconds))
  }
}
