import BillLayouts
import Tabular

/// Reads single records of an input again, those that lie close together in one go.
struct RecordFetcher: Sendable {
  /// Most bytes that are read in one go.
  private static let longest: Int64 = 1 << 20

  /// Bytes between marks beyond which no record was read: more than any block and any record.
  private static let most: Int64 = 1 << 28

  let input: RereadableInput
  let marks: RecordMarks
  let byteCount: Int64
  let reading: RowReading

  /// Reads records again and calls `body` with each.
  ///
  /// - Parameter wanted: Record numbers, ascending and each once.
  func fetch(
    _ wanted: [UInt32], _ body: (borrowing RecordBatch, RecordSpan) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    try fetchWithState(wanted) { batch, record, _ throws(IntakeError) in try body(batch, record) }
  }

  /// The same, with what stood before the record where it goes by that.
  func fetchWithState(
    _ wanted: [UInt32], _ body: (borrowing RecordBatch, RecordSpan, MappingState?) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var batch = RecordBatch()
    var mapper = reading.mapper()
    var next = 0
    while next < wanted.count {
      let (range, end) = stretch(wanted, from: next)
      guard try load(range, into: &batch, &mapper, isFollowed: true) else { return }
      for index in 0..<batch.records.count where next < end {
        let record = batch.records[index]
        guard record.number == Int(wanted[next]) else { continue }
        next += 1
        try body(batch, record, mapper?.state(of: record.number))
      }
      // A record that isn't there any more: the file has changed, which the second pass finds, or who needs the record.
      next = end
    }
  }

  /// The text of a record as it came, also where it was cut.
  func text(of record: RecordSpan, in batch: borrowing RecordBatch) -> UnsafeBufferPointer<UInt8> {
    guard reading.file.rowEnd != .none, batch.isCut(record) else { return batch.rawBytes(of: record) }
    return batch.wholeBytes(of: record, feeds: reading.file.lineFeeds)
  }

  /// Where the bytes begin among which a record lies.
  func start(of record: UInt32) -> Int64 { marks.position(marks.index(before: record))?.byteOffset ?? 0 }

  /// Fills a batch with the records between marks; `false` where there are none.
  func read(_ range: Range<Int>, into batch: inout RecordBatch) throws(IntakeError) -> Bool {
    var mapper = reading.mapper()
    return try load(range, into: &batch, &mapper, isFollowed: marks.position(range.upperBound) != nil)
  }

  /// - Parameter isFollowed: Blank lines at the end are records, also if it is the input's end.
  private func load(
    _ range: Range<Int>, into batch: inout RecordBatch, _ mapper: inout RecordMapper?, isFollowed: Bool
  ) throws(IntakeError) -> Bool {
    guard let position = marks.position(range.lowerBound) else { return false }
    let until = marks.position(range.upperBound)?.byteOffset ?? byteCount
    // A record that long ended the file's reading, and is not looked at again.
    guard until - position.byteOffset <= Self.most else { return false }
    try batch.load(count: max(0, Int(until - position.byteOffset)), at: position.byteOffset) {
      room throws(IntakeError) in
      try input.read(into: room, at: position.byteOffset)
    }
    var parser = reading.file.parser(at: position)
    // The stretch ends where a record ends.
    parser.parse(&batch, isLast: true, isFollowed: isFollowed)
    mapper?.goOn(from: marks.state(range.lowerBound))
    mapper?.map(&batch)
    return true
  }

  /// The marks from the given one on up to about so many bytes further; `nil` behind the last.
  func stretch(from mark: Int, bytes: Int64) -> Range<Int>? {
    guard let start = marks.position(mark)?.byteOffset else { return nil }
    var end = mark + 1
    while let next = marks.position(end)?.byteOffset, next - start < bytes { end += 1 }
    return mark..<end
  }

  /// The marks between which the next wanted records lie, and the first wanted record behind them.
  private func stretch(_ wanted: [UInt32], from first: Int) -> (Range<Int>, Int) {
    let start = marks.index(before: wanted[first])
    var last = start
    var next = first + 1
    let origin = marks.position(start)?.byteOffset ?? 0
    while next < wanted.count {
      let mark = marks.index(before: wanted[next])
      if mark > last {
        guard mark == last + 1, let end = marks.position(mark + 1)?.byteOffset, end - origin <= Self.longest else {
          break
        }
        last = mark
      }
      next += 1
    }
    return (start..<last + 1, next)
  }
}
