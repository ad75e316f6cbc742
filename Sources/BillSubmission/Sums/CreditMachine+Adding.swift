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
    let base = base(balance, isInDoubt: doubt != nil, history)
    let mark = party.metadata[Credit.metadataKey]
    switch aim.decide(base, shown: balance, marked: mark, adding: credit.amount, sent: total, history) {
    case .set(let sum), .putBack(let sum): return send(sum, to: party)
    case .isIn: return end(changed, id: party.id, shown: balance, by: .lookup)
    case .tooLarge:
      return end(.conflict, field: "balance", "the balance can't be added to", id: party.id, by: .lookup)
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

  private mutating func send(_ sum: Int64, to party: RemoteObject) -> SubmissionStep {
    theirs = party.metadata
    return send(sum)
  }

  /// The row was added last, and a late request has taken it back: the same sum again, with its mark.
  mutating func putBack(
    _ party: RemoteObject, _ balance: Int64, _ sum: Int64, _ history: SumHistory
  ) -> SubmissionStep {
    aim.putBack(from: balance, marked: party.metadata[Credit.metadataKey], history)
    return send(sum, to: party)
  }

  /// Nothing is to be written of a settled row.
  mutating func stands() -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.stands)
  }

  func words(_ trouble: SumTrouble, _ party: RemoteObject, _ balance: Int64, _ history: SumHistory) -> String {
    trouble.refusal(
      shown: money(balance), mark: party.metadata[Credit.metadataKey], last: history.last?.total.map { money($0) })
  }
}
