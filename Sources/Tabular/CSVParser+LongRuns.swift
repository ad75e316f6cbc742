/// What would need unbounded memory if it were kept: records past the limit, runs of blank lines.
extension CSVParser {
  /// Adds the first bytes of a record that is too long, and begins to pass over the rest.
  ///
  /// - Returns: where the next record begins; `nil` where it isn't among the bytes that there are.
  mutating func cut(_ batch: inout RecordBatch, from start: Int, at edge: Int, line: Int, _ isLast: Bool) -> Int? {
    batch.faults.append(
      RecordFault(
        kind: .recordTooLong(limit: maximumRecordBytes), record: batch.recordBuffer.count, field: nil,
        line: position.line, byteOffset: batch.byteOffset + Int64(start)))
    batch.recordBuffer.append(
      RecordSpan(
        number: position.number, line: position.line, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: edge), firstField: UInt32(truncatingIfNeeded: batch.fieldBuffer.count),
        fieldCount: 0))
    position.number += 1
    position.line = line
    position.isSkipping = true
    return finishSkipping(&batch, from: edge, isLast)
  }

  /// Passes over the rest of a record that was cut.
  ///
  /// - Returns: where the next record begins; `nil` where it isn't among the bytes that there are, and they count as
  ///   consumed then.
  mutating func finishSkipping(_ batch: inout RecordBatch, from start: Int, _ isLast: Bool) -> Int? {
    let bytes = batch.base
    var index = start
    while index < batch.rawCount, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") { index += 1 }
    batch.consumed = index
    guard index < batch.rawCount else { return nil }
    let isReturn = bytes[index] == UInt8(ascii: "\r")
    if isReturn, index + 1 == batch.rawCount, !isLast { return nil }
    let isPair = isReturn && index + 1 < batch.rawCount && bytes[index + 1] == UInt8(ascii: "\n")
    position.isSkipping = false
    position.line += 1
    return index + (isPair ? 2 : 1)
  }

  /// Takes back the blank lines at the end of the batch: for good at the end of the input, else until it is known what
  /// follows them. A run past the limit stays: it is records.
  mutating func settleBlankRun(_ batch: inout RecordBatch, _ isLast: Bool) {
    let records = batch.records
    var first = records.count
    while first > 0, batch.isBlank(records[first - 1]) { first -= 1 }
    guard first < records.count else {
      if !records.isEmpty { position.isInLongBlankRun = false }
      return
    }
    let start = Int(records[first].start)
    if first == 0, position.isInLongBlankRun { return }
    position.isInLongBlankRun = Int(records[records.count - 1].end) - start > maximumRecordBytes
    if position.isInLongBlankRun { return }
    if !isLast {
      position.line = records[first].line
      batch.consumed = start
    }
    position.number = records[first].number
    batch.fieldBuffer.count = Int(records[first].firstField)
    batch.recordBuffer.count = first
  }
}
