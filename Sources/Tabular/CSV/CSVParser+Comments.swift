/// Lines that are no records: the stated number at the beginning of the input, and comments.
extension CSVParser {
  /// Passes over the lines that the dialect leaves out at the beginning of the input.
  ///
  /// - Returns: where the next line begins; `nil` where it isn't among the bytes that there are.
  mutating func skipLines(_ batch: inout RecordBatch, from start: Int, _ isLast: Bool) -> Int? {
    var start = start
    while position.linesToSkip > 0, start < batch.rawCount {
      position.linesToSkip -= 1
      position.isSkipping = true
      guard let next = finishSkipping(&batch, from: start, isLast) else { return nil }
      start = next
    }
    return start
  }

  /// Whether a comment begins at `start`, where a record might; `nil` where more bytes are needed to know.
  func isComment(_ prefix: [UInt8], at start: Int, in batch: borrowing RecordBatch, _ isLast: Bool) -> Bool? {
    let seen = UnsafeBufferPointer(start: batch.base + start, count: min(prefix.count, batch.rawCount - start))
    guard prefix.starts(with: seen) else { return false }
    return seen.count == prefix.count ? true : isLast ? false : nil
  }

  /// Passes over the comment at `start`. Blank lines before it are records: they don't end the input.
  ///
  /// - Returns: where the next line begins; `nil` where it isn't among the bytes that there are.
  mutating func skipComment(_ batch: inout RecordBatch, at start: Int, _ isLast: Bool) -> Int? {
    batch.settledRecords = batch.recordBuffer.count
    position.isInLongBlankRun = false
    position.isSkipping = true
    return finishSkipping(&batch, from: start, isLast)
  }
}
