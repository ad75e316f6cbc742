import BillModel
import MomentAPI

extension CreditMachine {
  /// A definite answer. While a PATCH of the row may still land, it isn't the end.
  mutating func end(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, _ message: String? = nil, id: String? = nil,
    shown: Int64? = nil, by confirmation: RowSettlement.Confirmation
  ) -> SubmissionStep {
    guard doubt == nil || aim.isLastWord else {
      phase = .ended
      return SubmissionStep(.readAgain)
    }
    return settle(outcome, code: code, field: field, message, id: id, shown: shown, by: confirmation)
  }

  /// A definite no. To a sum that is put back it isn't the end for a while: the row was in, and comes to be in again with
  /// whatever is built on what was confirmed.
  mutating func refused(_ message: String, field: String? = nil, _ context: SubmissionContext) -> SubmissionStep {
    guard aim.isLastWord, doubt?.isOver(context) != true else {
      return withoutWhatIsRefused(end(.refused, field: field, message, by: .answer))
    }
    phase = .ended
    return SubmissionStep(.giveUp(SumTrouble.isNotPutBack, isAnswered: true))
  }

  /// `shown`: the balance as it is now, in minor units.
  mutating func settle(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, _ message: String? = nil, id: String? = nil,
    shown: Int64? = nil, by confirmation: RowSettlement.Confirmation
  ) -> SubmissionStep {
    var settlement = settlement(outcome, code: code, field: field, message: message, id: id, by: confirmation)
    settlement.reference = credit.party.key.reference
    switch outcome {
    case .created, .unchanged, .updated:
      (settlement.code, settlement.message) = (code ?? acceptedCode, message ?? words(shown: shown))
    // Nothing was added: the row's reference may be used again.
    case .rejected, .refused, .conflict, .skipped, .unknown, .notSent:
      settlement.successor = credit.reference
      settlement.retracts = becomes != nil
    }
    phase = .ended
    return SubmissionStep(.settle(settlement))
  }

  private var acceptedCode: FindingCode {
    aim.late != nil ? .balanceTakenBack : aim.isMarkMissing ? .balanceMarkMissing : .amountToBalance
  }

  /// What became of the amount, for the row's line of the report.
  func words(shown balance: Int64?) -> String {
    if let late = aim.late, let total { return SumTrouble.putRight(late: money(late), now: money(total)) }
    let added = added(shown: balance)
    return aim.isMarkMissing ? added + "; the party's metadata didn't have our last mark any more" : added
  }

  private func added(shown balance: Int64?) -> String {
    "added to the balance of the \(Masking.shown(credit.party.key.words))"
      + (balance.map { ", which is \(money($0)) then" } ?? "")
  }

  func money(_ amount: Int64) -> String { "\(MoneyText.major(amount, credit.currency)) \(credit.currency)" }

  /// No row can go. This one is taken back where it certainly had no effect.
  mutating func stop(_ problem: Problem) -> SubmissionStep {
    let withdrawal = hasIntent && isWithoutEffect ? withdrawal(to: ownEpoch + 1) : nil
    phase = .ended
    return SubmissionStep(.stopRun(problem, withdrawing: withdrawal))
  }

  /// Ends without an answer: unknown where a request of ours is unresolved, else the row stays unsent.
  mutating func giveUp(_ reason: String) -> SubmissionStep {
    let isAnswered = if case .looking(.last) = phase { true } else { false }
    let withdrawal = withdrawal(to: ownEpoch)
    phase = .ended
    guard hasIntent else { return SubmissionStep(.leave) }
    guard hasReached || !isWithoutEffect else { return SubmissionStep(.withdraw(withdrawal, reason)) }
    return SubmissionStep(.giveUp(reason, isAnswered: isAnswered))
  }

  mutating func pause(before question: Look) { phase = .pausing(question) }
}
