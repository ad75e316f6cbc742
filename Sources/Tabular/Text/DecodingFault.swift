/// Bytes that could not be decoded, and stand in the text as U+FFFD.
struct DecodingFault: Hashable, Sendable {
  /// What the U+FFFD stands for.
  var replaced: ReplacedBytes
  /// Where the bytes stand in the source.
  var source: Int64
  /// Whether they are the beginning of a character that the end of the input cut.
  var isCut: Bool

  /// Where the U+FFFD stands in the text.
  var text: Int64 { replaced.text }
}
