/// A source's records, batch by batch. Never holds more than one block, one record and a run of blank lines.
///
/// On several threads: the reader behind a mutex, a batch for each thread, and whoever has checked its batch takes the
/// next one. The order is that of the calls. Reading and parsing, the part behind the mutex, is a small share of what
/// follows (a record's rules), so that it holds up a handful of threads only.
package struct CSVReader: ~Copyable {
  /// How records are read.
  package struct Options: Hashable, Sendable {
    /// Bytes taken from the source for a batch.
    package var blockSize: Int
    /// The most bytes that a record may have, its line end not counted.
    package var maximumRecordBytes: Int

    package init(blockSize: Int = 1 << 20, maximumRecordBytes: Int = CSVParser.defaultMaximumRecordBytes) {
      precondition(blockSize > 0 && maximumRecordBytes > 0)
      self.blockSize = blockSize
      self.maximumRecordBytes = maximumRecordBytes
    }
  }

  private let source: ByteSource
  private let blockSize: Int
  private var parser: CSVParser
  private var leftover = GrowingBuffer<UInt8>(capacity: 4096)
  private var isExhausted = false

  /// Reads `source` from where it stands, which is taken for the beginning of the input.
  package init(source: ByteSource, dialect: Dialect = Dialect(), options: Options = Options()) {
    self.source = source
    blockSize = options.blockSize
    parser = CSVParser(dialect: dialect, maximumRecordBytes: options.maximumRecordBytes)
  }

  /// Where the next record begins; at the end, how many bytes and lines there were.
  package var position: ParsePosition { parser.position }

  /// Fills `batch` with the next records.
  ///
  /// Each call takes exactly `blockSize` bytes from the source, fewer only where the input ends. A batch may hold no
  /// record where a record is longer than a block.
  ///
  /// - Returns: `false` once the input is exhausted; the batch is then empty.
  package mutating func next(into batch: inout RecordBatch) throws(InputError) -> Bool {
    let kept = UnsafeRawBufferPointer(start: leftover.base, count: leftover.count)
    if isExhausted {
      batch.load(leftover: .init(start: nil, count: 0), fresh: .init(start: nil, count: 0), at: position.byteOffset)
      return false
    }
    let count = try batch.load(leftover: kept, from: source, count: blockSize, at: position.byteOffset)
    isExhausted = count < blockSize
    parser.parse(&batch, isLast: isExhausted)
    keep(batch.leftover)
    return !isExhausted || batch.rawCount > 0
  }

  private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
    leftover.count = 0
    leftover.reserve(bytes.count)
    UnsafeMutableRawBufferPointer(start: leftover.base, count: leftover.capacity).copyMemory(from: bytes)
    leftover.count = bytes.count
  }
}
