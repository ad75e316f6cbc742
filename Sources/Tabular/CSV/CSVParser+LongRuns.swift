/// What would need unbounded memory if it were kept: records past the limit.
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
}
