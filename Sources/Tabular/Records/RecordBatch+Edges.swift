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

  /// Whether a record is a blank line.
  func isBlank(_ record: RecordSpan) -> Bool {
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
