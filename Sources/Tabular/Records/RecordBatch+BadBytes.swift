/// NUL bytes, bytes that are no UTF-8, byte order marks. Whatever separates delimited fields is ASCII, so that a record is
/// well-formed exactly if its fields are; the fields are looked at one by one only in a record that isn't.
extension RecordBatch {
  /// How far the line ends of a record were counted: its faults stand near each other, and each of them counts on from the
  /// one before.
  private struct LineCount {
    var record = -1
    /// One past the last byte that was looked at.
    var index = 0
    /// Lines that end before it, from the record's beginning on.
    var lines = 0
  }

  /// Adds the faults of the values and of decoding, puts all faults in the order of the input, and has them say where
  /// in the source they stand.
  ///
  /// - Parameter isText: whether values are to be UTF-8.
  mutating func completeFaults(quote: UInt8? = nil, escape: UInt8? = nil, isText: Bool = true) {
    let known = faults.count
    if hasUnusualBytes, isText { findBadBytes(quote, escape) }
    if !decodingFaults.isEmpty { addDecodingFaults() }
    if faults.count > known { sortFaults() }
    guard sourceMap.pace != .same else { return }
    for index in faults.indices { faults[index].byteOffset = sourceOffset(of: faults[index]) }
  }

  /// Where in the source a fault stands that still says where in the text it does.
  private func sourceOffset(of fault: RecordFault) -> Int64 {
    guard fault.kind == .undecodable || fault.kind == .cutCharacter else {
      return sourceOffset(of: Int(fault.byteOffset - byteOffset))
    }
    var low = 0
    var high = decodingFaults.count - 1
    while low < high {
      let middle = (low + high) / 2
      if decodingFaults[middle].text < fault.byteOffset { low = middle + 1 } else { high = middle }
    }
    return decodingFaults[low].source
  }

  private mutating func findBadBytes(_ quote: UInt8?, _ escape: UInt8?) {
    guard let first = records.first, let last = records.last else { return }
    var index = Int(first.start)
    var record = 0
    var count = LineCount()
    while true {
      index = UTF8Check.nextUnusual(in: base, from: index, to: Int(last.end))
      if index >= Int(last.end) { break }
      while Int(records[record].end) <= index { record += 1 }
      let span = records[record]
      index = max(index, Int(span.start))
      if beginsWithMark(span) { addFault(.byteOrderMark, at: Int(span.start), of: 0, record, &count) }
      if isFixedWidth || !isClean(from: index, to: Int(span.end)) {
        checkFields(of: record, quote, escape, &count)
      }
      index = Int(span.end)
    }
  }

  private func beginsWithMark(_ span: RecordSpan) -> Bool {
    span.fieldCount > 0 && rawBytes(of: span).starts(with: [0xEF, 0xBB, 0xBF])
  }

  private func isClean(from start: Int, to end: Int) -> Bool {
    let bytes = UnsafeBufferPointer(start: base, count: end)
    var index = start
    while index < end {
      let length = bytes[index] == 0 ? 0 : UTF8Check.sequenceLength(in: bytes, at: index)
      if length == 0 { return false }
      index = UTF8Check.nextUnusual(in: base, from: index + length, to: end)
    }
    return true
  }

  private mutating func checkFields(of record: Int, _ quote: UInt8?, _ escape: UInt8?, _ count: inout LineCount) {
    let span = records[record]
    for field in 0..<Int(span.fieldCount) {
      let place = Int(span.firstField) + field
      let value = bytes(of: fieldBuffer.base[place])
      if let index = value.firstIndex(of: 0) {
        addFault(.nulByte, at: rawIndex(ofByte: index, inField: place, quote, escape), of: field, record, &count)
      }
      if let index = UTF8Check.firstIllFormed(in: value) {
        addFault(.invalidUTF8, at: rawIndex(ofByte: index, inField: place, quote, escape), of: field, record, &count)
      }
    }
  }

  private mutating func addFault(
    _ kind: RecordFault.Kind, at index: Int, of field: Int?, _ record: Int, _ count: inout LineCount
  ) {
    if !isFixedWidth { go(to: index, of: record, &count) }
    faults.append(
      RecordFault(
        kind: kind, record: record, field: field, line: records[record].line + count.lines,
        byteOffset: byteOffset + Int64(index)))
  }

  /// Counts on to a byte of a record, or back to it.
  private func go(to index: Int, of record: Int, _ count: inout LineCount) {
    let start = Int(records[record].start)
    if count.record != record { count = LineCount(record: record, index: start) }
    let passed = min(count.index, index)..<max(count.index, index)
    let lines = lineEnds(in: passed, ofRecordAt: start)
    count.lines += count.index <= index ? lines : -lines
    count.index = index
  }

  /// Gives the faults of decoding to the fields that they stand in, one of a kind to each. What no record has, as the
  /// rest of one that was cut, is nobody's.
  private mutating func addDecodingFaults() {
    var record = 0
    var count = LineCount()
    var last: (record: Int, field: Int?, isCut: Bool)?
    for fault in decodingFaults {
      let index = Int(fault.text - byteOffset)
      while record < records.count, Int(records[record].end) <= index { record += 1 }
      guard record < records.count else { return }
      guard index >= Int(records[record].start), records[record].fieldCount > 0 else { continue }
      let field = field(at: index, of: records[record])
      if let last, last == (record, field, fault.isCut) { continue }
      last = (record, field, fault.isCut)
      addFault(fault.isCut ? .cutCharacter : .undecodable, at: index, of: field, record, &count)
    }
  }

  /// The last field that begins at or before a byte of its record, if it goes so far.
  private func field(at index: Int, of record: RecordSpan) -> Int? {
    var field = 0
    var end = Int(record.fieldCount)
    while end - field > 1 {
      let middle = (field + end) / 2
      if rawStart(of: Int(record.firstField) + middle) <= index { field = middle } else { end = middle }
    }
    let place = Int(record.firstField) + field
    let isIn = rawStart(of: place) <= index && (index < Int(fieldBuffer.base[place].end) || rebuiltField(place) != nil)
    return isIn ? field : nil
  }

  /// Puts the faults in the order of the records, and of their bytes within one.
  private mutating func sortFaults() {
    faults.sort {
      ($0.record, $0.byteOffset, $0.kind.rank, $0.field ?? -1) < (
        $1.record, $1.byteOffset, $1.kind.rank, $1.field ?? -1
      )
    }
  }
}
