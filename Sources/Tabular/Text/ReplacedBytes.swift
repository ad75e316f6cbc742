/// Bytes of a source that their text doesn't tell: those that could not be decoded, where the text has a U+FFFD, and line
/// ends of another kind than the first one, where it has an LF as there.
package struct ReplacedBytes: Hashable, Sendable {
  /// Where the text stands that is there in their stead.
  package let text: Int64
  /// How many bytes of text that is.
  package let textCount: Int
  /// The bytes, the first one lowest, and their number in the highest byte: seven at most, as many as a character that
  /// is cut can have.
  private let packed: UInt64

  init(text: Int64, textCount: Int = 3, _ bytes: some Sequence<UInt8>) {
    self.text = text
    self.textCount = textCount
    var packed: UInt64 = 0
    var count: UInt64 = 0
    for byte in bytes.prefix(7) {
      packed |= UInt64(byte) << (8 * count)
      count += 1
    }
    self.packed = packed | count << 56
  }

  /// The bytes as they stood in the source.
  package var bytes: [UInt8] {
    (0..<(packed >> 56)).map { UInt8(truncatingIfNeeded: packed >> (8 * $0)) }
  }
}

extension RecordBatch {
  /// What could not be decoded of the batch's records, in the order of the text. Over all batches of a reader, each
  /// once.
  package var replacedBytes: [ReplacedBytes] { within(decodingFaults.lazy.map(\.replaced)) }

  /// Line ends of the batch's records that aren't like the input's first one, in the same way.
  package var otherLineEnds: [ReplacedBytes] { within(lineEnds) }

  private func within(_ all: some Sequence<ReplacedBytes>) -> [ReplacedBytes] {
    let end = byteOffset + Int64(consumed)
    return all.filter { $0.text >= byteOffset && $0.text < end }
  }
}
