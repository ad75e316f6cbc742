import BillModel
import MomentAPI

extension PaymentMachine {
  /// A definite answer. While a PATCH of the row may still land, it isn't the end.
  mutating func end(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation
  ) -> SubmissionStep {
    guard doubt == nil || aim.isLastWord else {
      phase = .ended
      return SubmissionStep(.readAgain)
    }
    return settle(outcome, code: code, field: field, message: message, id: id, by: confirmation)
  }

  /// A definite no. To a sum that is put back it isn't the end for a while: the row was in, and comes to be in again with
  /// whatever is built on what was confirmed.
  mutating func refused(_ message: String, field: String? = nil, _ context: SubmissionContext) -> SubmissionStep {
    guard aim.isLastWord, doubt?.isOver(context) != true else {
      return withoutWhatIsRefused(end(.refused, field: field, message: message, by: .answer))
    }
    phase = .ended
    return SubmissionStep(.giveUp(SumTrouble.isNotPutBack, isAnswered: true))
  }

  mutating func settle(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation
  ) -> SubmissionStep {
    phase = .ended
    var settlement = settlement(outcome, code: code, field: field, message: message, id: id, by: confirmation)
    switch outcome {
    case .updated, .created, .unchanged: note(&settlement)
    case .conflict, .refused, .rejected, .skipped, .unknown, .notSent: settlement.retracts = wasSettled
    }
    return SubmissionStep(.settle(settlement))
  }

  /// What is to be said of the bill's payments beside that this one is in.
  private func note(_ settlement: inout RowSettlement) {
    guard settlement.code == nil else { return }
    if let late = aim.late {
      settlement.code = .paymentTakenBack
      settlement.message = SumTrouble.putRight(late: money(late), now: money(total))
    } else if aim.isMarkMissing {
      (settlement.code, settlement.message) = (
        .paymentMarkMissing, "the bill's metadata didn't have our last mark any more"
      )
    }
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
