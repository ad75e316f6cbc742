/// A text and what becomes of it.
struct BytePair: BitwiseCopyable {
  let from: ByteText
  let to: ByteText
}
