/// How far unpacking may go, so that a small file can't keep a machine busy for days.
package struct UnpackingBounds: Hashable, Sendable {
  /// The most bytes that may come out.
  package var maximumBytes: Int64
  /// The most bytes that may come out for each that went in. Deflate ends at 1032.
  package var maximumRatio: Int
  /// The ratio is not looked at before so many bytes came out: a small file of blanks does no harm.
  package var ratioFreeBytes: Int64

  package init(maximumBytes: Int64 = 64 << 30, maximumRatio: Int = 200, ratioFreeBytes: Int64 = 16 << 20) {
    precondition(maximumBytes > 0 && maximumRatio > 0 && ratioFreeBytes >= 0)
    self.maximumBytes = maximumBytes
    self.maximumRatio = maximumRatio
    self.ratioFreeBytes = ratioFreeBytes
  }
}
