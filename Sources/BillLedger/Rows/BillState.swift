/// What the ledger knows of a bill, by its reference.
package enum BillState: Hashable, Sendable {
  /// It exists at the API as this row asked for it; the id as `bill_…`, where the answer had one. `content`: that of the
  /// row's intent, where it is known.
  case settled(billID: String?, by: RowAddress, content: Int64? = nil)
  /// A row whose fate isn't known yet asks for it.
  case claimed(by: RowAddress)
}
