import Tabular

/// Records of several kinds.
extension RecordMapper {
  /// What becomes of a record.
  enum Standing {
    /// It is a bill, whose fields are to be made.
    case bill
    /// It stays among the bills, without fields: nobody knows what it is.
    case bare
    /// It is no bill, and is taken out.
    case apart
  }

  /// What a record is; notes what one that is no bill is for.
  mutating func standing(
    of record: RecordSpan, _ index: Int, _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: inout RecordBatch,
    at place: Int
  ) -> Standing {
    if cells.isEmpty { return bare() }
    isDamaged = false
    if let heading = plan.repeatedHeading, Self.isSame(heading, cells, batch) { return .apart }
    guard let kinds = plan.kinds else { return .bill }
    switch kind(kinds, cells, &batch) {
    case .detail:
      checkOrder(record, kinds)
      if kinds.hasParent, state.parent == nil { fault(.noParent, at: place) }
      return .bill
    case .unknown:
      fault(.unknownKind, at: place)
      return plan.isEmptyLine(batch.rawBytes(of: record)) ? .bare : bare()
    case .ignored: return .apart
    case .header: take(header: record, kinds, cells, &batch)
    case .parent:
      checkOrder(record, kinds)
      state.parent = values(kinds.parent, cells, &batch)
      state.parentPlace = batch.extent(of: record)
      noteParent(&batch)
    case .trailer:
      if state.trailer != nil { problems.append(.trailerTwice(line: record.line)) }
      state.trailer = values(kinds.trailer, cells, &batch)
      state.trailerPlace = batch.extent(of: record)
    }
    if isDamaged || batch.faults.contains(where: { $0.record == index }) {
      problems.append(.damaged(line: record.line))
    }
    states.append((state.nextNumber, state))
    return .apart
  }

  /// What nobody knows may have been a parent: the one above it holds no longer for the bills behind it. Of the record
  /// itself the place of the parent above is kept, for it may be a bill that somebody mends.
  private mutating func bare() -> Standing {
    guard state.parentPlace != nil else { return .bare }
    state.parent = nil
    parent = FixedBytes([])
    states.append((state.nextNumber, state))
    state.parentPlace = nil
    states.append((state.nextNumber + 1, state))
    return .bare
  }

  private mutating func take(
    header record: RecordSpan, _ kinds: KindPlan, _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: inout RecordBatch
  ) {
    if state.header != nil || state.nextNumber > 1 || state.parent != nil || state.trailer != nil {
      problems.append(.headerLate(line: record.line))
    }
    state.header = values(kinds.header, cells, &batch)
    state.headerPlace = batch.extent(of: record)
    noteHeader(&batch)
  }

  private mutating func checkOrder(_ record: RecordSpan, _ kinds: KindPlan) {
    // Told once: all that follows a trailer is out of place.
    guard state.trailer != nil, !problems.contains(where: { if case .afterTrailer = $0 { true } else { false } }) else {
      return
    }
    problems.append(.afterTrailer(line: record.line))
  }

  private mutating func kind(
    _ plan: KindPlan, _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: inout RecordBatch
  ) -> KindPlan.Kind {
    guard let kinds else { return .unknown }
    let span = plainKind(cells, &batch) ?? cut(plan.column, cells, &batch)
    return kinds.kind(of: ByteValue(start: batch.base + Int(span.start), count: Int(span.end - span.start)))
  }

  private func plainKind(_ cells: UnsafeBufferPointer<FieldSpan>, _ batch: inout RecordBatch) -> FieldSpan? {
    guard let kindCutting else { return nil }
    var room = ByteRoom(batch)
    let span = kindCutting.span(cells, decoder, &room)
    batch.keepValues(upTo: room.end)
    return span
  }

  private mutating func values(
    _ columns: [KindPlan.Column], _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: inout RecordBatch
  ) -> [[UInt8]] {
    columns.map { column in
      let span = cut(column, cells, &batch)
      return Array(batch.bytes(of: span))
    }
  }

  private mutating func cut(
    _ column: KindPlan.Column, _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: inout RecordBatch
  ) -> FieldSpan {
    guard column.field < cells.count else { return FieldSpan(start: 0, end: 0) }
    guard let place = column.place else { return cells[column.field] }
    if let span = cut(cells[column.field], place, &batch) { return span }
    isDamaged = true
    return hexadecimal(cells[column.field], &batch)
  }

  private static func isSame(
    _ heading: [[UInt8]], _ cells: UnsafeBufferPointer<FieldSpan>, _ batch: borrowing RecordBatch
  ) -> Bool {
    guard heading.count == cells.count else { return false }
    for (name, cell) in zip(heading, cells) where !batch.bytes(of: cell).elementsEqual(name) { return false }
    return true
  }
}
