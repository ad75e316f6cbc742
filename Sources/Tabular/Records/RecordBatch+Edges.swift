/// What stands at the edges of an input and belongs to no record: a byte order mark, blank lines.
extension RecordBatch {
  /// Where the text begins behind a UTF-8 byte order mark; `nil` where more bytes are needed to know.
  func skipByteOrderMark(_ isLast: Bool) -> Int? {
    guard byteOffset == 0 else { return 0 }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let seen = UnsafeBufferPointer(start: base, count: min(mark.count, rawCount))
    guard mark.starts(with: seen) else { return 0 }
    if seen.count == mark.count { return mark.count }
    return isLast ? 0 : nil
  }

  /// Whether a record keeps its first bytes only, because it is longer than any may be.
  package func isCut(_ record: RecordSpan) -> Bool {
    guard record.fieldCount == 0, Int(record.end - record.start) >= CSVParser.defaultMaximumRecordBytes else {
      return false
    }
    return !Self.lineEnds.contains(base[Int(record.end) - 1])
  }

  /// The bytes of a record of lines up to its line end, as far as they are there, also where it was cut.
  ///
  /// - Parameter feeds: What ends a line besides CR.
  package func wholeBytes(of record: RecordSpan, feeds: [UInt8]) -> UnsafeBufferPointer<UInt8> {
    var end = Int(record.end)
    while end < rawCount, base[end] != UInt8(ascii: "\r"), !feeds.contains(base[end]) { end += 1 }
    if end < rawCount {
      end += base[end] == UInt8(ascii: "\r") && end + 1 < rawCount && feeds.contains(base[end + 1]) ? 2 : 1
    }
    return UnsafeBufferPointer(start: base + Int(record.start), count: end - Int(record.start))
  }

  private static let lineEnds: [UInt8] = [0x0A, 0x0D, 0x15, 0x25]

  /// Whether a record is a blank line.
  package func isBlank(_ record: RecordSpan) -> Bool {
    guard record.fieldCount == 1, record.end > record.start else { return false }
    return fieldBuffer.base[Int(record.firstField)] == FieldSpan(start: record.start, end: record.start)
  }

  /// Takes back the blank lines at the end of the batch: for good at the end of the input, else until it is known what
  /// follows them. A run past the limit stays: it is records.
  mutating func settleBlankRun(_ position: inout ParsePosition, limit: Int, _ isLast: Bool) {
    let records = self.records
    var first = records.count
    while first > settledRecords, isBlank(records[first - 1]) { first -= 1 }
    guard first < records.count else {
      if !records.isEmpty { position.isInLongBlankRun = false }
      return
    }
    let start = Int(records[first].start)
    if first == 0, position.isInLongBlankRun { return }
    position.isInLongBlankRun = Int(records[records.count - 1].end) - start > limit
    if position.isInLongBlankRun { return }
    if !isLast {
      position.line = records[first].line
      consumed = start
    }
    position.number = records[first].number
    fieldBuffer.count = Int(records[first].firstField)
    recordBuffer.count = first
    faults.removeAll { $0.record >= first }
  }
}
