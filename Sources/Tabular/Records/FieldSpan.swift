/// Where a field's value stands in its batch's bytes: enclosing quotes left out, doubled quotes made one.
package struct FieldSpan: Hashable, BitwiseCopyable, Sendable {
  /// Its first byte.
  package var start: UInt32
  /// One past its last byte.
  package var end: UInt32

  package init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  /// From places in a batch's storage, which is smaller than 4 GiB.
  @inline(__always)
  init(index start: Int, end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }
}
