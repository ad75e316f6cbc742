import BillModel
import MomentAPI

extension VoidMachine {
  mutating func settle(
    _ outcome: RowOutcome, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation
  ) -> SubmissionStep {
    phase = .ended
    let code: FindingCode? =
      switch outcome {
      case .refused: .apiRefused
      case .conflict: .apiConflict
      case .created, .unchanged, .updated, .rejected, .unknown, .notSent: nil
      }
    return SubmissionStep(
      .settle(
        RowSettlement(
          record: record, reference: bill.reference, claim: operation.claim, outcome: outcome, code: code, field: field,
          message: message, billID: id, epoch: epoch, attempts: attempts, confirmedBy: confirmation)))
  }

  /// No row can go. This one is taken back where it certainly had no effect.
  mutating func stop(_ problem: Problem) -> SubmissionStep {
    let withdrawal = RowWithdrawal(record: record, nextEpoch: epoch + 1, attempts: attempts)
    phase = .ended
    return SubmissionStep(.stopRun(problem, withdrawing: attempt > 0 && !mayHaveLanded ? withdrawal : nil))
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String) -> SubmissionStep {
    phase = .ended
    guard attempt > 0 else { return SubmissionStep(.leave) }
    guard hasReached || mayHaveLanded else {
      return SubmissionStep(.withdraw(RowWithdrawal(record: record, nextEpoch: epoch, attempts: attempts), reason))
    }
    return SubmissionStep(.giveUp(reason, isAnswered: false))
  }

  /// Counts a failure: on after a pause, or the end.
  mutating func again(
    _ resumption: Resumption, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    failures += 1
    guard failures < context.policy.tries else { return giveUp(reason) }
    return pause(resumption, max(context.policy.pause(before: failures, jitter: context.jitter), retryAfter ?? 0))
  }

  mutating func pause(_ resumption: Resumption, _ milliseconds: Int64) -> SubmissionStep {
    phase = .pausing(resumption)
    return SubmissionStep(.wait(milliseconds: milliseconds))
  }
}
