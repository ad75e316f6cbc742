import BillLedger
import BillModel
import MomentAPI
import SubmitPass

/// Rows that add to a sum: whether what they added is in it, by the mark that the API shows and what the ledger knows.
extension VerifiedRow {
  mutating func verdict(_ addition: Addition, _ object: RemoteObject, _ history: SumHistory) -> Verdict {
    let shown = ShownSum(object)
    guard let last = history.last, let place else {
      return shown.mark == addition.mark ? .same : otherwise([markField(addition, shown)])
    }
    switch history.standing {
    case .older where last.total != shown.total: return older(addition, last, shown, history.shownPlace ?? 0, place)
    case .last, .older: return last.mark == addition.mark ? compare(addition, last, shown) : .changedSince
    case .unmarked, .unconfirmed, .unknown: return otherwise([markField(addition, shown)])
    }
  }

  /// The sum is as it was before additions that were confirmed: those up to the one that is shown are in it.
  private func older(
    _ addition: Addition, _ last: SumHistory.Last, _ shown: ShownSum, _ shownPlace: Int, _ place: Int
  ) -> Verdict {
    guard place >= shownPlace else { return .changedSince }
    let field = Verification.Field(
      name: name(of: addition), asked: last.total.map { String($0) }, found: String(shown.total))
    return .takenBack([field])
  }

  /// The row was added last: others may have paid since, which makes a balance less and a bill's payments more.
  private mutating func compare(_ addition: Addition, _ last: SumHistory.Last, _ shown: ShownSum) -> Verdict {
    guard let total = last.total else { return .same }
    let isBill = addition.sum.kind == .bill
    sums = Verification.Sums(
      currency: addition.currency, paid: isBill ? (total, shown.total) : (0, 0),
      balance: isBill ? (0, 0) : (total, shown.total))
    if shown.total == total { return .same }
    if isBill ? shown.total > total : shown.total < total { return .paidSince }
    return otherwise([
      Verification.Field(name: name(of: addition), asked: String(total), found: String(shown.total))
    ])
  }

  private func name(of addition: Addition) -> String { addition.sum.kind == .bill ? "amount_paid" : "balance" }

  private func markField(_ addition: Addition, _ shown: ShownSum) -> Verification.Field {
    let key = addition.sum.kind == .bill ? Payment.metadataKey : Credit.metadataKey
    return Verification.Field(
      name: "metadata." + key, asked: addition.mark, found: SanitisedText.shown(shown.mark, asked: addition.mark))
  }
}
