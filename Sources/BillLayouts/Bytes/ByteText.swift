/// A text among a layout's constants.
struct ByteText: BitwiseCopyable {
  let start: Int32
  let count: Int32
}
