/// Bytes of a source that could not be decoded: what stood where the text has a U+FFFD.
package struct ReplacedBytes: Hashable, Sendable {
  /// Where the U+FFFD stands in the text.
  package let text: Int64
  /// The bytes, the first one lowest, and their number in the highest byte: seven at most, as many as a character that
  /// is cut can have.
  private let packed: UInt64

  init(text: Int64, _ bytes: some Sequence<UInt8>) {
    self.text = text
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
  package var replacedBytes: [ReplacedBytes] {
    let end = byteOffset + Int64(consumed)
    return decodingFaults.lazy.map(\.replaced).filter { $0.text >= byteOffset && $0.text < end }
  }
}
