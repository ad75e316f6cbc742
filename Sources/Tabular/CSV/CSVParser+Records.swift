import CScan

/// Reading record by record, each shape defined. Records without fault go the fast way.
extension CSVParser {
  /// Reads all whole records from `start` on.
  mutating func readRecords(_ batch: inout RecordBatch, from start: Int, _ isLast: Bool) {
    withUnsafeTemporaryAllocation(of: cscan_delimited_masks.self, capacity: PlainScan.mostAhead) { masks in
      guard let masks = masks.baseAddress else { return }
      readRecords(&batch, from: start, isLast, masks)
    }
  }

  private mutating func readRecords(
    _ batch: inout RecordBatch, from start: Int, _ isLast: Bool, _ masks: UnsafeMutablePointer<cscan_delimited_masks>
  ) {
    var start = start
    batch.consumed = start
    while true {
      if dialect.isPlain {
        var scan = PlainScan(batch, from: start, self, masks: masks)
        start = scan.run(&batch, &position)
        batch.consumed = start
      }
      guard start < batch.rawCount else { return }
      if let comment = dialect.comment {
        switch isComment(comment, at: start, in: batch, isLast) {
        case nil: return
        case true?:
          guard let next = skipComment(&batch, at: start, isLast) else { return }
          start = next
          batch.consumed = start
          continue
        case false?: break
        }
      }
      guard let next = readRecord(&batch, at: start, isLast) else { return }
      start = next
      batch.consumed = start
      batch.hasUnusualBytes = true
    }
  }

  /// Reads the record at `start`.
  ///
  /// - Returns: where the next one begins; `nil` where more bytes are needed to know, and nothing was added then, or
  ///   where the rest of a record that was cut takes all bytes that there are.
  private mutating func readRecord(_ batch: inout RecordBatch, at start: Int, _ isLast: Bool) -> Int? {
    let before = batch.checkpoint
    var scan = CarefulScan(batch, from: start, self, isLast: isLast)
    var fieldStart = start
    while true {
      switch readField(&batch, at: fieldStart, with: &scan) {
      case .delimiter(let index):
        fieldStart = index + 1
      case .lineEnd(_, let next):
        append(to: &batch, from: start, to: next, nextLine: scan.line + 1)
        return next
      case .inputEnd(let index):
        append(to: &batch, from: start, to: index, nextLine: scan.line)
        return index
      case .edge:
        batch.restore(before)
        return cut(&batch, from: start, at: scan.edge, line: scan.line, isLast)
      case .needsMore:
        batch.restore(before)
        return nil
      }
    }
  }

  /// Adds the field at `start`, with its faults.
  private func readField(_ batch: inout RecordBatch, at start: Int, with scan: inout CarefulScan) -> CarefulScan.Stop {
    scan.forgetEscapes()
    guard scan.isQuote(at: start) else {
      var quote: CarefulScan.Place?
      let stop = scan.unquoted(from: start, firstQuote: &quote)
      if let quote { addFault(.quoteInUnquotedField, to: &batch, at: quote.index, line: quote.line) }
      return add(&batch, from: start, until: stop, scan)
    }
    let openingLine = scan.line
    switch scan.quoted(from: start) {
    case .edge: return .edge
    case .needsMore: return .needsMore
    case .unclosed(let evidence): return readUnclosed(&batch, at: start, line: openingLine, evidence, with: &scan)
    case .closed(let closing, let isRebuilt):
      if let stop = scan.separator(at: closing + 1) {
        addQuoted(&batch, from: start, closing: closing, end: closing + 1, isRebuilt: isRebuilt, scan)
        return stop
      }
      guard scan.line == openingLine else {
        return readUnclosed(&batch, at: start, line: openingLine, .bytesAfterLaterQuote, with: &scan)
      }
      return readRest(&batch, of: start, closing: closing, with: &scan)
    }
  }

  /// Adds a field whose opening quote is taken as an ordinary byte.
  private func readUnclosed(
    _ batch: inout RecordBatch, at start: Int, line: Int, _ evidence: UnclosedQuoteEvidence,
    with scan: inout CarefulScan
  ) -> CarefulScan.Stop {
    scan.line = line
    scan.forgetEscapes()
    var quote: CarefulScan.Place? = CarefulScan.Place(index: start, line: line)
    addFault(.unclosedQuote(evidence), to: &batch, at: start, line: line)
    let stop = scan.unquoted(from: start, firstQuote: &quote)
    return add(&batch, from: start, until: stop, scan)
  }

  /// Adds a quoted field that goes on after its closing quote.
  private func readRest(
    _ batch: inout RecordBatch, of start: Int, closing: Int, with scan: inout CarefulScan
  ) -> CarefulScan.Stop {
    var quote: CarefulScan.Place? = CarefulScan.Place(index: closing, line: scan.line)
    addFault(.bytesAfterClosingQuote, to: &batch, at: closing + 1, line: scan.line)
    let stop = scan.unquoted(from: closing + 1, firstQuote: &quote)
    guard let end = Self.end(of: stop) else { return stop }
    addDanglingEscape(&batch, scan)
    addQuoted(&batch, from: start, closing: closing, end: end, isRebuilt: true, scan)
    return stop
  }

  private func addQuoted(
    _ batch: inout RecordBatch, from start: Int, closing: Int, end: Int, isRebuilt: Bool, _ scan: CarefulScan
  ) {
    if scan.hasEscape {
      batch.addEscaped(from: start, to: end, isQuoted: true, dialect)
    } else {
      batch.addQuoted(from: start, closing: closing, restEnd: end, isRebuilt: isRebuilt, dialect.quote)
    }
  }

  private func add(
    _ batch: inout RecordBatch, from start: Int, until stop: CarefulScan.Stop, _ scan: CarefulScan
  ) -> CarefulScan.Stop {
    guard let end = Self.end(of: stop) else { return stop }
    addDanglingEscape(&batch, scan)
    if scan.hasEscape {
      batch.addEscaped(from: start, to: end, isQuoted: false, dialect)
    } else {
      batch.fieldBuffer.append(FieldSpan(index: start, end: end))
    }
    return stop
  }

  private func addDanglingEscape(_ batch: inout RecordBatch, _ scan: CarefulScan) {
    if let index = scan.danglingEscape { addFault(.danglingEscape, to: &batch, at: index, line: scan.line) }
  }

  private static func end(of stop: CarefulScan.Stop) -> Int? {
    switch stop {
    case .delimiter(let index), .lineEnd(let index, _), .inputEnd(let index): index
    case .edge, .needsMore: nil
    }
  }

  /// Adds a fault of the field that is being read.
  private func addFault(_ kind: RecordFault.Kind, to batch: inout RecordBatch, at index: Int, line: Int) {
    let record = batch.recordBuffer.count
    let firstField = batch.firstFieldOfNextRecord
    batch.faults.append(
      RecordFault(
        kind: kind, record: record, field: batch.fieldBuffer.count - firstField, line: line,
        byteOffset: batch.byteOffset + Int64(index)))
  }

  /// Adds a record, which has all fields that no record has yet.
  private mutating func append(to batch: inout RecordBatch, from start: Int, to end: Int, nextLine: Int) {
    let firstField = batch.firstFieldOfNextRecord
    batch.recordBuffer.append(
      RecordSpan(
        number: position.number, line: position.line, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: end), firstField: UInt32(truncatingIfNeeded: firstField),
        fieldCount: UInt32(truncatingIfNeeded: batch.fieldBuffer.count - firstField)))
    position.number += 1
    position.line = nextLine
  }
}
