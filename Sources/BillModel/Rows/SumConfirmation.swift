/// An addition that is certain to be in its sum, by an answer of the API's or a look.
package struct SumConfirmation: Hashable, Sendable {
  package var addition: Addition
  /// What the sum is with it, in minor units.
  package var total: Int64
  /// When a request of the row's whose answer was lost was sent; `nil` where none was: none can land late.
  package var doubtedSince: WallTime?

  package init(_ addition: Addition, total: Int64, doubtedSince: WallTime? = nil) {
    self.addition = addition
    self.total = total
    self.doubtedSince = doubtedSince
  }
}
