import BillModel
import MomentAPI

extension PartyMachine {
  /// A definite answer. While a PATCH of the row may still land, it isn't the end.
  mutating func end(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation, learned: [KnownParty] = []
  ) -> SubmissionStep {
    guard doubt == nil else {
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
    let settlement = RowSettlement(
      record: record, reference: values.key.reference, claim: operation.claim, outcome: outcome, code: code,
      field: field, message: message, billID: id, epoch: epoch, attempts: attempts, confirmedBy: confirmation)
    return SubmissionStep(.settle(settlement), learned: learned)
  }

  /// A field of the party as an API path.
  func path(_ field: String) -> String { "\(values.key.kind.rawValue).\(field)" }

  mutating func refused(_ problem: Problem) -> SubmissionStep {
    end(.refused, code: .apiRefused, field: problem.field, message: problem.description, by: .answer)
  }

  /// No row can go. This one is taken back where it certainly had no effect.
  mutating func stop(_ problem: Problem) -> SubmissionStep {
    let hadNoEffect = hadNoEffect && hasIntent
    phase = .ended
    return SubmissionStep(
      .stopRun(
        problem,
        withdrawing: hadNoEffect ? RowWithdrawal(record: record, nextEpoch: epoch + 1, attempts: attempts) : nil))
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String) -> SubmissionStep {
    let isAnswered = if case .looking(.last) = phase { true } else { false }
    phase = .ended
    guard hasIntent else { return SubmissionStep(.leave) }
    if !hasReached, hadNoEffect {
      return SubmissionStep(.withdraw(RowWithdrawal(record: record, nextEpoch: epoch, attempts: attempts), reason))
    }
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
    failures += 1
    guard failures < context.policy.tries else { return giveUp(reason) }
    let ours = context.policy.pause(before: failures, jitter: context.jitter)
    return pause(resumption, max(ours, retryAfter ?? 0))
  }

  /// Rule 8: not carried out, and no failure of the row's.
  mutating func throttled(
    _ resumption: Resumption, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    throttles += 1
    return pause(resumption, retryAfter ?? context.policy.pause(before: throttles, jitter: context.jitter))
  }

  mutating func pause(_ resumption: Resumption, _ milliseconds: Int64) -> SubmissionStep {
    phase = .pausing(resumption)
    return SubmissionStep(.wait(milliseconds: milliseconds))
  }
}
