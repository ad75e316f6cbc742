/// Texts of many objects, end to end in chunks of 1 MiB, never given back: a million references cost their bytes alone.
struct ByteArena {
  private static let chunkSize = 1 << 20
  private var chunks: [[UInt8]] = []

  /// Bytes kept.
  var byteCount: Int { chunks.reduce(0) { $0 + $1.count } }

  /// Keeps a copy; at most 2²⁴ − 1 bytes. Empty text is `none`.
  mutating func store(_ bytes: some Collection<UInt8>) -> ByteSpan {
    let count = bytes.count
    if count == 0 { return .none }
    if chunks.isEmpty || chunks[chunks.count - 1].count + count > Self.chunkSize {
      var chunk: [UInt8] = []
      chunk.reserveCapacity(max(Self.chunkSize, count))
      chunks.append(chunk)
    }
    let last = chunks.count - 1
    let span = ByteSpan(position: last * Self.chunkSize + chunks[last].count, count: count)
    chunks[last].append(contentsOf: bytes)
    return span
  }

  /// The text itself.
  func bytes(_ span: ByteSpan) -> ArraySlice<UInt8> {
    if span.isEmpty { return [] }
    let start = span.position % Self.chunkSize
    return chunks[span.position / Self.chunkSize][start..<start + span.count]
  }

  /// Whether that text is stored there.
  func holds(_ text: String, at span: ByteSpan) -> Bool {
    bytes(span).elementsEqual(text.utf8)
  }
}
