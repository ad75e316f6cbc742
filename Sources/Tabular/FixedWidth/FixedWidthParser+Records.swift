/// Where records end.
extension FixedWidthParser {
  /// Reads records that end with lines, from `start` on.
  ///
  /// - Parameter measured: the length after which a line end is expected, whatever stands before it.
  mutating func readLines(
    _ batch: inout RecordBatch, from start: Int, _ lineEnd: FixedWidthDialect.LineEnd, measured: Int?, _ isLast: Bool
  ) {
    var scan = LineScan(batch, from: start, lineEnd)
    var start = start
    while start < batch.rawCount {
      guard let end = endOfRecord(batch, from: start, &scan, measured, isLast) else { break }
      guard end.content - start <= maximumRecordBytes else {
        noteUnusual(scan, measured, &batch)
        guard let next = cut(&batch, from: start, isLast) else { return }
        start = next
        batch.consumed = start
        scan = LineScan(batch, from: start, lineEnd)
        continue
      }
      guard let next = end.next else { break }
      add(to: &batch, from: start, contentEnd: end.content, next: next, end.ending)
      start = next
      batch.consumed = start
    }
    noteUnusual(scan, measured, &batch)
  }

  private func noteUnusual(_ scan: LineScan, _ measured: Int?, _ batch: inout RecordBatch) {
    if measured != nil || scan.hasUnusual { batch.hasUnusualBytes = true }
  }

  private struct End {
    var content: Int
    /// Where the next record begins; `nil` where that isn't known yet.
    var next: Int?
    var ending: Ending
  }

  /// Where the record at `start` ends; `nil` where more bytes are needed to know. A record past the limit has any end
  /// past it.
  @inline(__always)
  private mutating func endOfRecord(
    _ batch: borrowing RecordBatch, from start: Int, _ scan: inout LineScan, _ measured: Int?, _ isLast: Bool
  ) -> End? {
    if let measured {
      if let length = byteLength(of: measured, in: batch, from: start, isLast) {
        let end = start + length
        if end == batch.rawCount { return isLast ? End(content: end, next: end, ending: .input) : nil }
        if scan.isLineEnd(at: end) {
          return End(content: end, next: scan.after(end, isLast: isLast), ending: .lineEnd)
        }
      } else if !isLast {
        return nil
      }
    }
    if let index = scan.next(from: start) {
      return End(content: index, next: scan.after(index, isLast: isLast), ending: .lineEnd)
    }
    if isLast || batch.rawCount - start > maximumRecordBytes {
      return End(content: batch.rawCount, next: batch.rawCount, ending: .input)
    }
    return nil
  }

  /// How many bytes so many units from `start` on take; `nil` where there aren't as many.
  private func byteLength(of units: Int, in batch: borrowing RecordBatch, from start: Int, _ isLast: Bool) -> Int? {
    let rest = batch.rawCount - start
    if dialect.unit == .bytes { return units <= rest ? units : nil }
    var steps = CharacterSteps()
    var characters = 0
    for index in start..<batch.rawCount where steps.begins(with: batch.base[index]) {
      if characters == units { return index - start }
      characters += 1
    }
    // What follows in the input may belong to the last character still.
    return isLast && characters == units ? rest : nil
  }

  /// Reads records of one length without line ends. Each counts as a line.
  mutating func readBlocks(_ batch: inout RecordBatch, from start: Int, length: Int, _ isLast: Bool) {
    var start = start
    batch.hasUnusualBytes = true
    while start < batch.rawCount {
      guard
        let bytes = byteLength(of: length, in: batch, from: start, isLast) ?? (isLast ? batch.rawCount - start : nil)
      else { return }
      let next = start + bytes
      add(to: &batch, from: start, contentEnd: next, next: next, next == batch.rawCount && isLast ? .input : .measure)
      start = next
      batch.consumed = start
    }
  }

  /// Reads records that say how long they are. Each counts as a line.
  mutating func readDescribed(_ batch: inout RecordBatch, from start: Int, _ isLast: Bool) {
    let prefix = RecordDescriptor.byteCount
    var start = start
    while start < batch.rawCount {
      let rest = batch.rawCount - start
      guard rest >= prefix || isLast else { return }
      let length: Int
      do throws(RecordDescriptorFault) {
        guard rest >= prefix else { throw .cut }
        length = try RecordDescriptor(batch.base + start).length
        guard length <= rest || isLast else { return }
        let content = UnsafeBufferPointer(start: batch.base + start + prefix, count: min(length, rest) - prefix)
        guard !RecordDescriptor.fill(content) else { throw .block }
      } catch {
        damage = .recordDescriptor(error, byteOffset: batch.byteOffset + Int64(start))
        return
      }
      let next = start + min(length, rest)
      if length > rest { addCut(to: &batch, from: start, rest - prefix, of: length - prefix) }
      add(to: &batch, from: start + prefix, prefix: prefix, contentEnd: next, next: next, .measure)
      start = next
      batch.consumed = start
    }
  }

  /// Notes that the input ends within the next record.
  private func addCut(to batch: inout RecordBatch, from start: Int, _ length: Int, of expected: Int) {
    batch.faults.append(
      RecordFault(
        kind: .truncatedRecord(length: length, expected: expected), record: batch.recordBuffer.count, field: nil,
        line: position.line, byteOffset: batch.byteOffset + Int64(start)))
  }

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

  /// Adds the first bytes of a record that is too long, and passes over the rest of its line.
  ///
  /// - Returns: where the next record begins; `nil` where it isn't among the bytes that there are.
  private mutating func cut(_ batch: inout RecordBatch, from start: Int, _ isLast: Bool) -> Int? {
    let edge = start + maximumRecordBytes
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
    position.isSkipping = true
    return finishSkipping(&batch, from: edge, isLast)
  }

  /// Passes over the rest of a line.
  mutating func finishSkipping(_ batch: inout RecordBatch, from start: Int, _ isLast: Bool) -> Int? {
    guard let lineEnd = dialect.lineEnd else { return start }
    var scan = LineScan(batch, from: start, lineEnd)
    let index = scan.next(from: start)
    batch.consumed = index ?? batch.rawCount
    guard let index, let next = scan.after(index, isLast: isLast) else { return nil }
    position.isSkipping = false
    position.line += 1
    return next
  }
}
