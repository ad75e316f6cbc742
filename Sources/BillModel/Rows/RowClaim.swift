/// What a row claims of its reference, so that no other row of the ledger comes between.
package enum RowClaim: Hashable, Sendable {
  /// The reference of a bill: while it is being raised, and for good where it is.
  case newBill
  /// An object, to change it (or to make it where it isn't there): until the change is settled. `setsBalance`: its balance
  /// is then as this file has it, and no older file may change that. `adds`: by an addition to what it was, which says nothing
  /// of the whole.
  case change(of: ObjectKind, setsBalance: Bool, adds: Bool = false)

  /// What kind of object it changes; `nil` where it raises a bill.
  package var changed: ObjectKind? { if case .change(let object, _, _) = self { object } else { nil } }
}
