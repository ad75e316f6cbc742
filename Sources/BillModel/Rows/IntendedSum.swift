/// What a sum is set to by a row that adds to it: kept with the row's intent, so that what the API shows later can be told.
package struct IntendedSum: Hashable, Sendable {
  package var addition: Addition
  /// What the sum is set to as a whole, in minor units.
  package var total: Int64
  /// The place of the addition that was the last one when the sum was looked at, 0 for none: where another has been
  /// confirmed since, the row isn't sent. `nil` where nothing was looked at, since the object is being made.
  package var basis: Int?

  package init(_ addition: Addition, total: Int64, basis: Int?) {
    self.addition = addition
    self.total = total
    self.basis = basis
  }
}
