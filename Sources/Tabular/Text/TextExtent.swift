/// A stretch of an input's text, after it was unpacked and decoded.
package struct TextExtent: Hashable, Sendable {
  /// Its first byte, from the text's beginning.
  package var start: Int64
  /// How many bytes it has.
  package var count: Int

  package init(start: Int64, count: Int) {
    self.start = start
    self.count = count
  }
}

extension RecordBatch {
  /// Where a record stands in the text, with its line end.
  package func extent(of record: RecordSpan) -> TextExtent {
    TextExtent(start: byteOffset + Int64(record.start), count: Int(record.end - record.start))
  }
}
