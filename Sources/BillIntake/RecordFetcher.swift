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
    var next = 0
    while next < wanted.count {
      let (range, end) = stretch(wanted, from: next)
      guard let mapped = try load(range, into: &batch) else { return }
      for index in 0..<batch.records.count where next < end {
        let record = batch.records[index]
        guard record.number == Int(wanted[next]) else { continue }
        next += 1
        try body(batch, record, mapped.mapper?.state(of: record.number))
      }
      // A record that isn't there any more: the file has changed, which the second pass will find.
      next = end
    }
  }

  /// Fills a batch with the records between marks; `false` where there are none.
  func read(_ range: Range<Int>, into batch: inout RecordBatch) throws(IntakeError) -> Bool {
    try load(range, into: &batch) != nil
  }

  /// What mapped records, where any did.
  private struct Mapped {
    var mapper: RecordMapper?
  }

  private func load(_ range: Range<Int>, into batch: inout RecordBatch) throws(IntakeError) -> Mapped? {
    guard let position = marks.position(range.lowerBound) else { return nil }
    let until = marks.position(range.upperBound)?.byteOffset ?? byteCount
    // A record that long ended the file's reading, and is not looked at again.
    guard until - position.byteOffset <= Self.most else { return nil }
    let bytes = try read(from: position.byteOffset, count: Int(until - position.byteOffset))
    bytes.withUnsafeBytes { batch.load(leftover: .init(start: nil, count: 0), fresh: $0, at: position.byteOffset) }
    var parser = reading.file.parser(at: position)
    // The stretch ends where a record ends.
    parser.parse(&batch, isLast: true)
    var mapper = reading.mapper(marks.state(range.lowerBound))
    mapper?.map(&batch)
    return Mapped(mapper: mapper)
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

  private func read(from offset: Int64, count: Int) throws(IntakeError) -> [UInt8] {
    var failure: IntakeError?
    let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
      do throws(IntakeError) {
        filled = try input.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
