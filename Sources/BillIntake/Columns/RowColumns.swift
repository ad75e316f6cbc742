import CScan

extension cscan_column {
  /// Another column of the same rows, of which this is the first.
  @inline(__always)
  func column(_ index: Int) -> cscan_column {
    cscan_column(base: base, spans: spans + index, stride: stride, rows: rows, digest: digest)
  }
}
