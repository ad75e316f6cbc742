import BillModel
import MomentAPI

/// What the balance is to be, by what the party shows and what the ledger knows of it.
extension CreditMachine {
  mutating func add(
    to party: RemoteObject, _ balance: Int64, _ currency: CurrencyCode?, _ history: SumHistory
  ) -> SubmissionStep {
    if let reason = otherOwner(party) {
      return end(
        .conflict, field: "account.customer.external_reference", reason, id: party.id, by: .lookup)
    }
    if let currency, currency != credit.currency {
      return end(.conflict, field: "currency", "the balance is in \(currency)", id: party.id, by: .lookup)
    }
    switch base(balance, isInDoubt: doubt != nil, history) {
    case .shown: return add(to: balance, of: party, history)
    case .others:
      takesOthers = true
      return add(to: balance, of: party, history)
    // Its own request was decided so, and all is as it was then.
    case .undecided(.unknownMark) where takesOthers && balance &+ credit.amount == total:
      return add(to: balance, of: party, history)
    case .unmarked:
      isMarkMissing = true
      return add(to: balance, of: party, history)
    case .confirmed(let sum):
      late = balance
      return add(to: sum, of: party, history)
    case .own(let sum): return putBack(party, balance, sum, history)
    case .isIn: return end(changed, id: party.id, shown: balance, by: .lookup)
    case .undecided(let trouble):
      return end(
        .conflict, code: trouble.code(ObjectKind(credit.party.key.kind)), field: "balance",
        words(trouble, party, balance, history), id: party.id, by: .lookup)
    }
  }

  private func otherOwner(_ party: RemoteObject) -> String? {
    guard case .account(let account) = party, let theirs = account.customerReference,
      let ours = credit.party.owner?.reference, theirs != ours
    else { return nil }
    return "the account exists, and belongs to another customer than the row says"
  }

  private mutating func add(to sum: Int64, of party: RemoteObject, _ history: SumHistory) -> SubmissionStep {
    let (total, isTooLarge) = sum.addingReportingOverflow(credit.amount)
    guard !isTooLarge else {
      return end(.conflict, field: "balance", "the balance can't be added to", id: party.id, by: .lookup)
    }
    (theirs, sumBasis) = (party.metadata, history.last?.place ?? 0)
    return send(total)
  }

  /// The row was added last, and a late request has taken it back: the same sum again, with its mark.
  mutating func putBack(
    _ party: RemoteObject, _ balance: Int64, _ sum: Int64, _ history: SumHistory
  ) -> SubmissionStep {
    (late, isLastWord) = (balance, true)
    (theirs, sumBasis) = (party.metadata, history.last?.place ?? 0)
    return send(sum)
  }

  /// Nothing is to be written of a settled row.
  mutating func stands() -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.stands)
  }

  /// The same step, and that the row is in a balance of so much.
  func confirming(_ step: SubmissionStep, _ balance: Int64?) -> SubmissionStep {
    guard let balance, let addition = operation.addition else { return step }
    var step = step
    step.confirmed = SumConfirmation(addition, total: balance, doubtedSince: doubt?.since)
    return step
  }

  func words(_ trouble: SumTrouble, _ party: RemoteObject, _ balance: Int64, _ history: SumHistory) -> String {
    trouble.refusal(
      shown: money(balance), mark: party.metadata[Credit.metadataKey], last: history.last?.total.map { money($0) })
  }
}
