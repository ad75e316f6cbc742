/// Where a field stands in each record, in the dialect's unit.
package struct FixedWidthField: Hashable, Sendable {
  /// Its first byte or character, from 1.
  package var start: Int
  /// How many bytes or characters it has.
  package var length: Int

  /// Both at least 1, and together within 2^30.
  package init(start: Int, length: Int) {
    precondition(start >= 1 && length >= 1 && start <= 1 << 30 && length <= 1 << 30)
    self.start = start
    self.length = length
  }
}
