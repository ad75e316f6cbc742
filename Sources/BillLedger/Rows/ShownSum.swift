/// What the API shows of a sum that rows add to.
package struct ShownSum: Hashable, Sendable {
  /// The mark of what was added last, from the object's metadata.
  package var mark: String?
  /// Minor units.
  package var total: Int64

  package init(mark: String?, total: Int64) {
    self.mark = mark
    self.total = total
  }
}
