/// What a row claims of its reference, so that no other row of the ledger comes between.
package enum RowClaim: Hashable, Sendable {
  /// The reference of a bill: while it is being raised, and for good where it is.
  case newBill
  /// An object, to change it (or to make it where it isn't there): until the change is settled. `setsBalance`: its balance
  /// is then as this file has it, and no older file may change that.
  case change(of: ObjectKind, setsBalance: Bool)
}
