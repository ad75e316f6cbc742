/// A source's records, batch by batch. Never holds more than one block, one record and a run of blank lines.
///
/// On several threads: the reader behind a mutex, a batch for each thread, and whoever has checked its batch takes the
/// next one. The order is that of the calls. Reading and parsing, the part behind the mutex, is a small share of what
/// follows (a record's rules), so that it holds up a handful of threads only.
package struct CSVReader: ~Copyable {
  /// How records are read, by this reader and `FixedWidthReader`.
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

    /// Blocks that a small source fills: what it never fills is not asked for.
    package static func fitting(_ source: ByteSource, most: Int = 1 << 20) -> Options {
      Options(blockSize: source.expectedBytes.map { min(most, max(4096, Int($0) + 1)) } ?? most)
    }
  }

  private var feed: BatchFeed
  private var parser: CSVParser

  /// Reads `source` from where it stands, which is taken for the beginning of the input.
  ///
  /// - Parameter encoding: What the text is decoded from; without one the bytes are UTF-8, whatever mark they begin with.
  package init(
    source: ByteSource, dialect: Dialect = Dialect(), encoding: TextEncoding? = nil, options: Options = Options()
  ) {
    feed = BatchFeed(source, encoding, blockSize: options.blockSize)
    parser = CSVParser(dialect: dialect, maximumRecordBytes: options.maximumRecordBytes)
  }

  /// Where in the text the next record begins; at the end, how many bytes of text and lines there were.
  package var position: ParsePosition { parser.position }

  /// What the text is decoded from, as iconv calls it; `nil` where it is UTF-8, or nothing was read yet.
  package var decodedFrom: DecodedFrom? { feed.decodedFrom }

  /// Fills `batch` with the next records.
  ///
  /// Each call takes exactly `blockSize` bytes of text, fewer only where the input ends. A batch may hold no record where
  /// a record is longer than a block.
  ///
  /// - Returns: `false` once the input is exhausted; the batch is then empty.
  /// - Throws: Where the input is damaged the batch has the whole records before that.
  package mutating func next(into batch: inout RecordBatch) throws(InputError) -> Bool {
    do throws(InputError) { guard try feed.fill(&batch, at: position.byteOffset) else { return false } } catch {
      parser.parse(&batch, isLast: false)
      throw error
    }
    parser.parse(&batch, isLast: feed.isExhausted)
    try feed.keep(batch, position)
    return !feed.isExhausted || batch.rawCount > 0
  }
}
