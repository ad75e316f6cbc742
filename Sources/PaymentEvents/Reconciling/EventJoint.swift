package import BillModel

/// What an event was joined to.
package enum EventJoint: Hashable, Sendable {
  /// Why it is about that bill.
  package enum Reason: String, Sendable {
    /// The event names it.
    case named
    /// No other bill of the account or customer was open then.
    case onlyOpenBill = "only_open_bill"
    /// The API has this amount on this bill, and none that events don't explain on the others that were open.
    case api
  }

  /// A bill, by its place in the world.
  case bill(Int, Reason)
  /// The balance of an account or customer that has no bills.
  case balance(PartyKind, id: String)
  /// Several bills of the account or customer were open then, or none of several: their places in the world.
  case ambiguous(PartyKind, id: String, bills: [Int])
  /// Nothing that the ledger knows.
  case unknown(id: String)
}
