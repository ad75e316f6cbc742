/// What becomes of a row whose amount no bill can have: zero, or less.
package enum BillRouting: String, CaseIterable, Sendable {
  /// Our rules reject it.
  case refuse
  /// Nothing is asked for, and the report says so.
  case skip
  /// It is added to the balance of the account or customer that the row names. Of zero there is nothing to add.
  case balance
}
