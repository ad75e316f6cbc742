import BillModel
import MomentAPI

extension PaymentMachine {
  /// A definite answer. While a PATCH of the row may still land, it isn't the end.
  mutating func end(
    _ outcome: RowOutcome, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation
  ) -> SubmissionStep {
    guard doubt == nil else {
      phase = .ended
      return SubmissionStep(.readAgain)
    }
    return settle(outcome, field: field, message: message, id: id, by: confirmation)
  }

  mutating func settle(
    _ outcome: RowOutcome, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation
  ) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.settle(settlement(outcome, field: field, message: message, id: id, by: confirmation)))
  }

  /// No row can go. This one is taken back where it certainly had no effect.
  mutating func stop(_ problem: Problem) -> SubmissionStep {
    phase = .ended
    let withdrawal = withdrawal(to: epoch + 1)
    return SubmissionStep(.stopRun(problem, withdrawing: attempt > 0 && doubt == nil ? withdrawal : nil))
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String) -> SubmissionStep {
    let isAnswered = if case .looking(.last) = phase { true } else { false }
    phase = .ended
    guard attempt > 0 else { return SubmissionStep(.leave) }
    guard hasReached || doubt != nil else { return SubmissionStep(.withdraw(withdrawal(to: epoch), reason)) }
    return SubmissionStep(.giveUp(reason, isAnswered: isAnswered))
  }

  mutating func pause(before question: Look) { phase = .pausing(question) }
}
