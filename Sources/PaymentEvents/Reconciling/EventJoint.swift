package import BillModel

/// What an event was joined to.
package enum EventJoint: Hashable, Sendable {
  /// Why it is about that bill.
  package enum Reason: String, Sendable {
    /// The event names it.
    case named
    /// No other bill of the account or customer was open then.
    case onlyOpenBill = "only_open_bill"
    /// The account or customer had this one alone, and it is voided.
    case onlyVoidedBill = "only_voided_bill"
    /// The API has this amount on this bill, and none that events don't explain on the others that were open.
    case api
  }

  /// Why it is about nothing that the ledger knows, where that isn't plain.
  package enum Unfit: Hashable, Sendable {
    /// The bill, or each of the party's, is in another currency: this one, the first of them.
    case otherCurrency(CurrencyCode)
    /// All bills of the account or customer were raised after it.
    case raisedLater(PartyKind)

    /// What people are told of it.
    package func words(_ applied: AppliedAmount) -> String {
      switch self {
      case .otherCurrency(let currency):
        applied.bill == nil
          ? "what was raised there is in \(currency), and it was paid in \(applied.currency)"
          : "the bill is in \(currency), and was paid in \(applied.currency)"
      case .raisedLater(let kind): "all bills of the \(kind) were raised after it"
      }
    }
  }

  /// A bill, by its place in the world.
  case bill(Int, Reason)
  /// The balance of an account or customer that has no bills.
  case balance(PartyKind, id: String)
  /// Several bills of the account or customer were open then, or none of several, or several are voided: their places in
  /// the world.
  case ambiguous(PartyKind, id: String, bills: [Int])
  /// Nothing that the ledger knows.
  case unknown(id: String, Unfit? = nil)
}
