import BillModel

extension SubmissionMachine {
  mutating func settle(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, message: String? = nil,
    billID: String? = nil, by confirmation: RowSettlement.Confirmation, learned: [KnownParty] = []
  ) -> SubmissionStep {
    phase = .ended
    let settlement = RowSettlement(
      record: record, reference: operation.reference, outcome: outcome, code: code, field: field, message: message,
      billID: billID, epoch: epoch, attempts: attempts, confirmedBy: confirmation)
    return SubmissionStep(.settle(settlement), learned: learned)
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String, isAnswered: Bool = false) -> SubmissionStep {
    phase = .ended
    return SubmissionStep(attempt > 0 ? .giveUp(reason, isAnswered: isAnswered) : .leave)
  }

  /// How often a look before the first request may fail.
  private static let firstLooks = 3

  /// The looks before the first request led nowhere. Their failures are not the row's.
  private mutating func nestAfterAll(_ context: SubmissionContext) -> SubmissionStep {
    failures = 0
    return open(epoch, context)
  }

  /// Counts a failure: on after a pause, or the end.
  mutating func failed(
    then resumption: SubmissionPhase.Resumption, _ reason: String, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    failures += 1
    let sitsOut = context.policy.sitsOut(retryAfter)
    if isLookingFirst, failures >= Self.firstLooks || !sitsOut { return nestAfterAll(context) }
    guard failures < context.policy.tries, sitsOut else { return giveUp(reason) }
    let ours = context.policy.pause(before: failures, jitter: context.jitter)
    return pause(resumption, max(ours, retryAfter ?? 0))
  }

  /// Rule 8: not carried out, and no failure of the row's. The server's own pause counts, else ours.
  mutating func throttled(
    _ resumption: SubmissionPhase.Resumption, _ retryAfter: Int64?, _ context: SubmissionContext
  ) -> SubmissionStep {
    throttles += 1
    return pause(resumption, retryAfter ?? context.policy.pause(before: throttles, jitter: context.jitter))
  }

  mutating func pause(_ resumption: SubmissionPhase.Resumption, _ milliseconds: Int64) -> SubmissionStep {
    phase = .pausing(resumption)
    return SubmissionStep(.wait(milliseconds: milliseconds))
  }
}
