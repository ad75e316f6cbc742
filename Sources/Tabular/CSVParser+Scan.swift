/// The fast way: plain records, field by field, into buffers that are large enough for whatever may come.
extension CSVParser {
  /// Reads plain records from `start` on.
  ///
  /// - Returns: where the first record begins that isn't plain or isn't all there.
  mutating func scanRecords(_ batch: inout RecordBatch, from start: Int) -> Int {
    var scan = PlainScan(batch, from: start, dialect)
    let base = batch.base
    let (delimiter, quote) = (dialect.delimiter, dialect.quote ?? dialect.delimiter)
    let fields = batch.fieldBuffer.base
    var (recordStart, fieldStart, lineEnds) = (start, start, 0)
    var fieldCount = batch.fieldBuffer.count
    while true {
      var index = scan.next()
      var byte = base[index]
      if byte == delimiter {
        fields[fieldCount] = FieldSpan(index: fieldStart, end: index)
        fieldCount += 1
        fieldStart = index + 1
        continue
      }
      if byte == quote {
        guard index == fieldStart, let quoted = scan.closeQuoted() else { break }
        index = quoted.closing + 1
        byte = base[index]
        guard byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { break }
        _ = scan.next()
        lineEnds += quoted.lineEnds
        batch.fieldBuffer.count = fieldCount
        batch.addQuoted(
          from: fieldStart, closing: quoted.closing, restEnd: index, isRebuilt: quoted.hasDoubled, quote)
        fieldCount += 1
        fieldStart = index + 1
        if byte == delimiter { continue }
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        fields[fieldCount] = FieldSpan(index: fieldStart, end: index)
        fieldCount += 1
      } else {
        guard scan.pass(controlAt: index) else { break }
        continue
      }
      guard index - recordStart <= maximumRecordBytes, let next = scan.lineAfter(index) else { break }
      batch.fieldBuffer.count = fieldCount
      append(to: &batch, from: recordStart, to: next, nextLine: position.line + lineEnds + 1)
      (recordStart, fieldStart, lineEnds) = (next, next, 0)
    }
    if scan.unusual != 0 { batch.hasUnusualBytes = true }
    batch.dropFieldsWithoutRecord()
    return recordStart
  }
}
