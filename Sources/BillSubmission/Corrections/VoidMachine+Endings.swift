import BillModel
import MomentAPI

extension VoidMachine {
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
    return SubmissionStep(.stopRun(problem, withdrawing: attempt > 0 && !mayHaveLanded ? withdrawal : nil))
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String, isAnswered: Bool = false) -> SubmissionStep {
    phase = .ended
    guard attempt > 0 else { return SubmissionStep(.leave) }
    guard hasReached || mayHaveLanded else { return SubmissionStep(.withdraw(withdrawal(to: epoch), reason)) }
    return SubmissionStep(.giveUp(reason, isAnswered: isAnswered))
  }

  /// Counts a failure: on after a pause, or the end.
  mutating func again(
    _ resumption: Resumption, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    guard let pause = tries.failed(retryAfter, context) else { return giveUp(reason) }
    return wait(resumption, pause)
  }

  mutating func throttled(
    _ resumption: Resumption, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    wait(resumption, tries.throttled(retryAfter, context))
  }

  mutating func wait(_ resumption: Resumption, _ milliseconds: Int64) -> SubmissionStep {
    phase = .pausing(resumption)
    return SubmissionStep(.wait(milliseconds: milliseconds))
  }
}
