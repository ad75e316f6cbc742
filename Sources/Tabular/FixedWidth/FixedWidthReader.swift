/// A source's fixed-width records, batch by batch, in the same batches as those of `CSVReader`.
package struct FixedWidthReader: ~Copyable {
  private var feed: BatchFeed
  private var parser: FixedWidthParser

  /// Reads `source` from where it stands, which is taken for the beginning of the input.
  ///
  /// - Parameter encoding: What text is decoded from before it is cut; without one the bytes are cut as they are. Not
  ///   with `Content.raw`.
  package init(
    source: ByteSource, dialect: FixedWidthDialect, encoding: TextEncoding? = nil,
    options: CSVReader.Options = CSVReader.Options()
  ) {
    precondition(encoding == nil || dialect.content == .text)
    feed = BatchFeed(source, encoding, blockSize: options.blockSize)
    parser = FixedWidthParser(dialect: dialect, maximumRecordBytes: options.maximumRecordBytes)
  }

  /// Where in the text the next record begins; at the end, how many bytes of text and lines there were.
  package var position: ParsePosition { parser.position }

  /// What the text is decoded from, as iconv calls it; `nil` where it is UTF-8, or nothing was read yet.
  package var decodedFrom: DecodedFrom? { feed.decodedFrom }

  /// Fills `batch` with the next records. It may hold none where a record is longer than a block.
  ///
  /// - Returns: `false` once the input is exhausted; the batch is then empty.
  /// - Throws: Where the input is damaged the batch has the whole records before that.
  package mutating func next(into batch: inout RecordBatch) throws(InputError) -> Bool {
    do throws(InputError) { guard try feed.fill(&batch, at: position.byteOffset) else { return false } } catch {
      parser.parse(&batch, isLast: false)
      throw error
    }
    parser.parse(&batch, isLast: feed.isExhausted)
    if let damage = parser.damage { throw .damaged(name: feed.name, damage) }
    try feed.keep(batch, position)
    return !feed.isExhausted || batch.rawCount > 0
  }
}
