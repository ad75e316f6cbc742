/// Which elements of a list belong together.
struct ByteRange: BitwiseCopyable {
  let start: Int32
  let end: Int32

  var indices: Range<Int> { Int(start)..<Int(end) }
}
