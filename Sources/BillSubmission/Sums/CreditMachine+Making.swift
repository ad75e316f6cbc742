import BillModel
import MomentAPI

/// The party that isn't there is made, with the amount in its balance. One that turns out to be there is read.
extension CreditMachine {
  mutating func beginMaking(_ form: BodyForm, _ context: SubmissionContext) -> SubmissionStep {
    make(
      PartyMachine(
        record: record, values: credit.made, form: form, origin: origin, doubt: doubt, looksFirst: looksFirst,
        makesOnly: true), .begin, context)
  }

  mutating func make(
    _ machine: PartyMachine, _ event: SubmissionEvent, _ context: SubmissionContext
  ) -> SubmissionStep {
    var machine = machine
    let step = machine.handle(event, context)
    if machine.isThere { return isThere(machine, step) }
    phase = .making(machine)
    switch step.effect {
    case .settle(let settlement):
      phase = .ended
      let mine = SubmissionStep(.settle(mine(settlement)), learned: step.learned)
      return settlement.outcome == .created ? confirming(mine, credit.made.balance) : mine
    case .giveUp, .withdraw, .make, .readAgain, .stands, .leave, .stopRun:
      phase = .ended
      return step
    case .send, .getBill, .getParty, .wait, .none: return step
    }
  }

  /// Who made it shows: a request of ours whose answer was lost, or somebody else.
  private mutating func isThere(_ machine: PartyMachine, _ step: SubmissionStep) -> SubmissionStep {
    (ownEpoch, earlierAttempts, ownAttempt, neverLeft) = (machine.epoch, machine.attempts, 0, 0)
    (hasIntent, hasReached, mayHaveMade) = (machine.hasIntent, true, machine.mayHaveMade)
    var next = look(.before)
    next.learned = step.learned
    return next
  }

  private func mine(_ settlement: RowSettlement) -> RowSettlement {
    var mine = settlement
    mine.claim = operation.claim
    switch settlement.outcome {
    case .created, .unchanged, .updated:
      (mine.code, mine.message) = (.amountToBalance, words(shown: credit.made.balance))
    case .rejected, .refused, .conflict, .skipped, .unknown, .notSent: mine.successor = credit.reference
    }
    return mine
  }
}
