/// A value program in plain figures: where the value comes from, and its steps.
struct ByteNode: BitwiseCopyable {
  enum Source: BitwiseCopyable {
    /// A column of the record, from 0.
    case cell(Int32)
    case text(ByteText)
    /// A column of the header record, from 0.
    case header(Int32)
    /// A column of the parent record, from 0.
    case parent(Int32)
    /// Other programs, one after the other in the list.
    case join(ByteRange, separator: ByteText)
    case first(ByteRange)
  }

  let source: Source
  let steps: ByteRange
}
