/// A record's fields: the same places in every record, clipped where a record is short.
extension FixedWidthParser {
  /// How a record came to its end.
  enum Ending {
    case lineEnd
    case measure
    /// The input ended, where a line end or more of the record was to come.
    case input
  }

  /// Adds the record between two places, and what is wrong with its length.
  ///
  /// - Parameter prefix: How many bytes stand in front of its content that are the record's too.
  @inline(__always)
  mutating func add(
    to batch: inout RecordBatch, from start: Int, prefix: Int = 0, contentEnd: Int, next: Int, _ ending: Ending
  ) {
    let firstField = batch.fieldBuffer.count
    var length = contentEnd &- start
    if dialect.unit == .characters, !isASCII(batch, from: start, to: contentEnd) {
      length = addFieldsByCharacters(to: &batch, from: start, to: contentEnd)
    } else if length >= extent {
      addAllFields(to: &batch, from: start)
    } else {
      addClipped(to: &batch, length) { start &+ $0 }
    }
    if let lengths = dialect.lengths, !lengths.contains(length) {
      addLengthFault(to: &batch, from: start, length, lengths, ending)
    }
    batch.recordBuffer.append(
      RecordSpan(
        number: position.number, line: position.line, start: UInt32(truncatingIfNeeded: start &- prefix),
        end: UInt32(truncatingIfNeeded: next), firstField: UInt32(truncatingIfNeeded: firstField),
        fieldCount: UInt32(truncatingIfNeeded: batch.fieldBuffer.count &- firstField)))
    position.number &+= 1
    position.line &+= 1
  }

  @inline(__always)
  private func addAllFields(to batch: inout RecordBatch, from start: Int) {
    let count = spans.count
    batch.fieldBuffer.reserve(batch.fieldBuffer.count &+ count)
    let target = batch.fieldBuffer.base + batch.fieldBuffer.count
    let shift = UInt32(truncatingIfNeeded: start)
    spans.withUnsafeBufferPointer { spans in
      for index in 0..<count {
        target[index] = FieldSpan(start: spans[index].start &+ shift, end: spans[index].end &+ shift)
      }
    }
    batch.fieldBuffer.count &+= count
  }

  /// Adds the fields that begin within `length` units, at least one; `place` says where a unit begins.
  private func addClipped(to batch: inout RecordBatch, _ length: Int, place: (Int) -> Int) {
    let limit = UInt32(truncatingIfNeeded: length)
    for (index, span) in spans.enumerated() {
      guard index == 0 || span.start < limit else { return }
      batch.fieldBuffer.append(
        FieldSpan(index: place(Int(min(span.start, limit))), end: place(Int(min(span.end, limit)))))
    }
  }

  private func isASCII(_ batch: borrowing RecordBatch, from start: Int, to end: Int) -> Bool {
    var index = start
    while true {
      index = UTF8Check.nextUnusual(in: batch.base, from: index, to: end)
      if index >= end { return true }
      if batch.base[index] >= 0x80 { return false }
      index += 1
    }
  }

  /// - Returns: how many characters the record has.
  private mutating func addFieldsByCharacters(to batch: inout RecordBatch, from start: Int, to end: Int) -> Int {
    characterStarts.removeAll(keepingCapacity: true)
    var steps = CharacterSteps()
    for index in start..<end where steps.begins(with: batch.base[index]) {
      characterStarts.append(UInt32(truncatingIfNeeded: index))
    }
    let count = characterStarts.count
    characterStarts.append(UInt32(truncatingIfNeeded: end))
    let starts = characterStarts
    addClipped(to: &batch, count) { Int(starts[$0]) }
    return count
  }

  private func addLengthFault(
    to batch: inout RecordBatch, from start: Int, _ length: Int, _ lengths: ClosedRange<Int>, _ ending: Ending
  ) {
    let kind: RecordFault.Kind =
      switch ending {
      case _ where length > lengths.upperBound && lengths == 0...(2 * extent - 1):
        .roomyRecord(length: length, extent: extent)
      case _ where length > lengths.upperBound: .longRecord(length: length, expected: lengths.upperBound)
      case .input: .truncatedRecord(length: length, expected: lengths.lowerBound)
      case .lineEnd, .measure: .shortRecord(length: length, expected: lengths.lowerBound)
      }
    batch.faults.append(
      RecordFault(
        kind: kind, record: batch.recordBuffer.count, field: nil, line: position.line,
        byteOffset: batch.byteOffset + Int64(start)))
  }
}
