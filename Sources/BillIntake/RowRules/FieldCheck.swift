/// What the loop over the columns of every row needs to know of one of them, beside its compiled rules.
struct FieldCheck: BitwiseCopyable, Sendable {
  let column: Int32
  /// Its place among the columns that have rules.
  let rules: Int32
  /// Its bit among the columns that hold a value, as words of a `ColumnSet`.
  let present: SIMD4<UInt64>
}
