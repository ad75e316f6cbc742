/// What becomes of a row whose amount no bill can have: zero, or less.
package enum BillRouting: String, CaseIterable, Sendable {
  /// Our rules reject it.
  case refuse
  /// Nothing is asked for, and the report says so.
  case skip
}
