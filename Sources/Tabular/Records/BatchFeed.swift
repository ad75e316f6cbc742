/// What a reader does between its source and its parser: fills batches, and keeps what they leave over.
struct BatchFeed: ~Copyable {
  /// The most bytes of a record that is too long which are passed over in search of its end.
  static let longestSearch = 64 << 20

  private let source: TextSource
  private let blockSize: Int
  private var leftover = GrowingBuffer<UInt8>(capacity: 4096)
  /// Whether the source has come to its end.
  private(set) var isExhausted = false
  /// Bytes of a record that is too long which were passed over so far.
  private var searched = 0

  /// What the text is decoded from, as iconv calls it; `nil` where it is UTF-8, or nothing was read yet.
  var decodedFrom: DecodedFrom? { source.decodedFrom }

  /// What the source is called.
  var name: String { source.name }

  init(_ source: ByteSource, _ encoding: TextEncoding?, blockSize: Int) {
    self.source = TextSource(source, encoding, atOnce: blockSize)
    self.blockSize = blockSize
  }

  /// Puts what was left over and the next block into `batch`.
  ///
  /// - Parameter offset: where in the text the batch begins.
  /// - Returns: `false` where there is nothing more; the batch is empty then.
  mutating func fill(_ batch: inout RecordBatch, at offset: Int64) throws(InputError) -> Bool {
    if isExhausted {
      batch.load(leftover: .init(start: nil, count: 0), fresh: .init(start: nil, count: 0), at: offset)
      return false
    }
    let kept = UnsafeRawBufferPointer(start: leftover.base, count: leftover.count)
    let count = try batch.load(leftover: kept, from: source, count: blockSize, at: offset)
    isExhausted = count < blockSize
    return true
  }

  /// Keeps what a parsed batch leaves over.
  ///
  /// - Parameter position: Where the parser stands behind the batch.
  /// - Throws: `InputError.damaged` where the parser looks for a record's end and there is none for too long.
  mutating func keep(_ batch: borrowing RecordBatch, _ position: ParsePosition) throws(InputError) {
    searched = position.isSkipping ? searched + blockSize : 0
    guard searched <= Self.longestSearch else {
      throw .damaged(
        name: source.name, .recordEndless(limit: Self.longestSearch, byteOffset: position.byteOffset))
    }
    let bytes = batch.leftover
    leftover.count = 0
    leftover.reserve(bytes.count)
    UnsafeMutableRawBufferPointer(start: leftover.base, count: leftover.capacity).copyMemory(from: bytes)
    leftover.count = bytes.count
    source.forget(before: batch.byteOffset + Int64(batch.consumed), in: batch)
  }
}
