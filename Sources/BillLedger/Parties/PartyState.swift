package import BillModel

/// What the ledger knows of a customer or an account.
package enum PartyState: Hashable, Sendable {
  /// It exists at the API.
  case known(KnownParty)
  /// A row whose fate isn't known yet carries it.
  case claimed(by: RowAddress)
}
