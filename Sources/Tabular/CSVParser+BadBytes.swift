/// NUL bytes and bytes that are no UTF-8. Whatever separates fields is ASCII, so that a record is well-formed exactly
/// if its fields are; the fields are looked at one by one only in a record that isn't.
extension CSVParser {
  /// Adds the faults of the batch's values, and puts all faults in the order of the input.
  func findBadBytes(in batch: inout RecordBatch) {
    let known = batch.faults.count
    let records = batch.records
    guard let first = records.first, let last = records.last else { return }
    var index = Int(first.start)
    var record = 0
    while true {
      index = UTF8Check.nextUnusual(in: batch.base, from: index, to: Int(last.end))
      if index >= Int(last.end) { break }
      while Int(records[record].end) <= index { record += 1 }
      let span = records[record]
      if !isClean(batch, from: max(index, Int(span.start)), to: Int(span.end)) { checkFields(of: record, in: &batch) }
      index = Int(span.end)
    }
    if batch.faults.count > known { batch.sortFaults() }
  }

  private func isClean(_ batch: borrowing RecordBatch, from start: Int, to end: Int) -> Bool {
    let bytes = UnsafeBufferPointer(start: batch.base, count: end)
    var index = start
    while index < end {
      let length = bytes[index] == 0 ? 0 : UTF8Check.sequenceLength(in: bytes, at: index)
      if length == 0 { return false }
      index = UTF8Check.nextUnusual(in: batch.base, from: index + length, to: end)
    }
    return true
  }

  private func checkFields(of record: Int, in batch: inout RecordBatch) {
    let span = batch.records[record]
    for field in 0..<Int(span.fieldCount) {
      let value = batch.bytes(of: batch.fieldBuffer.base[Int(span.firstField) + field])
      if let index = value.firstIndex(of: 0) { addFault(.nulByte, at: index, of: field, record, to: &batch) }
      if let index = UTF8Check.firstIllFormed(in: value) {
        addFault(.invalidUTF8, at: index, of: field, record, to: &batch)
      }
    }
  }

  private func addFault(
    _ kind: RecordFault.Kind, at valueIndex: Int, of field: Int, _ record: Int, to batch: inout RecordBatch
  ) {
    let span = batch.records[record]
    let index = batch.rawIndex(ofByte: valueIndex, inField: Int(span.firstField) + field, quote: dialect.quote)
    batch.faults.append(
      RecordFault(
        kind: kind, record: record, field: field, line: span.line + batch.lineEnds(from: Int(span.start), to: index),
        byteOffset: batch.byteOffset + Int64(index)))
  }
}

extension RecordBatch {
  /// Puts the faults in the order of the records, and of their bytes within one.
  mutating func sortFaults() {
    faults.sort { ($0.record, $0.byteOffset, $0.kind.rank) < ($1.record, $1.byteOffset, $1.kind.rank) }
  }

  /// Where a byte of a field's value came from.
  func rawIndex(ofByte valueIndex: Int, inField field: Int, quote: UInt8?) -> Int {
    guard let opening = openingQuote(ofRebuilt: field) else { return Int(fieldBuffer.base[field].start) + valueIndex }
    var index = opening + 1
    var isQuoted = true
    for _ in 0..<valueIndex { step(over: &index, &isQuoted, quote) }
    closeQuote(at: &index, &isQuoted, quote)
    return index
  }

  /// Where the field's opening quote stands if its value was rebuilt.
  private func openingQuote(ofRebuilt field: Int) -> Int? {
    var low = 0
    var high = rebuilt.count
    while low < high {
      let middle = (low + high) / 2
      if rebuilt[middle].field < field { low = middle + 1 } else { high = middle }
    }
    return low < rebuilt.count && rebuilt[low].field == field ? rebuilt[low].quote : nil
  }

  /// Moves past one byte of a value.
  private func step(over index: inout Int, _ isQuoted: inout Bool, _ quote: UInt8?) {
    closeQuote(at: &index, &isQuoted, quote)
    index += isQuoted && storage.base[index] == quote ? 2 : 1
  }

  /// Moves past the closing quote if it stands here.
  private func closeQuote(at index: inout Int, _ isQuoted: inout Bool, _ quote: UInt8?) {
    guard isQuoted, storage.base[index] == quote, storage.base[index + 1] != quote else { return }
    isQuoted = false
    index += 1
  }

  /// How many lines end between two places of a record. A CRLF counts once, at its CR.
  func lineEnds(from start: Int, to end: Int) -> Int {
    var lines = 0
    for index in start..<end {
      let byte = storage.base[index]
      let isPaired = byte == UInt8(ascii: "\n") && index > start && storage.base[index - 1] == UInt8(ascii: "\r")
      if (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")) && !isPaired { lines += 1 }
    }
    return lines
  }
}
