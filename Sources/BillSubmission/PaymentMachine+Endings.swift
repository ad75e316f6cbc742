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
    let code: FindingCode? =
      switch outcome {
      case .refused: .apiRefused
      case .conflict: .apiConflict
      case .created, .unchanged, .updated, .rejected, .unknown, .notSent: nil
      }
    return SubmissionStep(
      .settle(
        RowSettlement(
          record: record, reference: payment.bill, claim: operation.claim, outcome: outcome, code: code, field: field,
          message: message, billID: id, epoch: epoch, attempts: attempts, confirmedBy: confirmation)))
  }

  /// No row can go. This one is taken back where it certainly had no effect.
  mutating func stop(_ problem: Problem) -> SubmissionStep {
    let withdrawal = RowWithdrawal(record: record, nextEpoch: epoch + 1, attempts: attempts)
    phase = .ended
    return SubmissionStep(.stopRun(problem, withdrawing: attempt > 0 && doubt == nil ? withdrawal : nil))
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String) -> SubmissionStep {
    let isAnswered = if case .looking(.last) = phase { true } else { false }
    phase = .ended
    guard attempt > 0 else { return SubmissionStep(.leave) }
    guard hasReached || doubt != nil else {
      return SubmissionStep(.withdraw(RowWithdrawal(record: record, nextEpoch: epoch, attempts: attempts), reason))
    }
    return SubmissionStep(.giveUp(reason, isAnswered: isAnswered))
  }

  /// Counts a failure: a look after a pause, or the end.
  mutating func again(
    _ question: Look, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    failures += 1
    guard failures < context.policy.tries else { return giveUp(reason) }
    phase = .pausing(question)
    let ours = context.policy.pause(before: failures, jitter: context.jitter)
    return SubmissionStep(.wait(milliseconds: max(ours, retryAfter ?? 0)))
  }
}
