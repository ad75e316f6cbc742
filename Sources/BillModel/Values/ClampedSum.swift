extension Int64 {
  /// The sum with another number, or the nearest that there is to it: for what others say, which may be any number.
  package func addingClamped(_ other: Int64) -> Int64 {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? (other < 0 ? .min : .max) : sum
  }
}
