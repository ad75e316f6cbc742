import Tabular

/// Where every so many bytes a record begins: from there a single record can be read again.
struct RecordMarks: Sendable {
  private struct Mark: Sendable {
    var byteOffset: Int64
    var line: Int64
    var record: UInt32
  }

  /// Least distance between two marks. A record's reading costs about this much, a mark 24 bytes.
  static let distance: Int64 = 8192

  private var marks: [Mark] = []

  /// Notes the records of a batch.
  mutating func note(_ batch: borrowing RecordBatch, numbers: ClosedRange<Int>) {
    var next = marks.last.map { $0.byteOffset + Self.distance } ?? 0
    for record in batch.records where numbers.contains(record.number) {
      let offset = batch.byteOffset(of: record)
      guard offset >= next || marks.isEmpty else { continue }
      marks.append(Mark(byteOffset: offset, line: Int64(record.line), record: UInt32(record.number)))
      next = offset + Self.distance
    }
  }

  /// The place of the last mark at or before a record, in their order.
  func index(before record: UInt32) -> Int {
    var low = 0
    var high = marks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if marks[middle].record <= record { low = middle } else { high = middle }
    }
    return low
  }

  /// Where a mark's record begins, or `nil` after the last mark.
  func position(_ index: Int) -> ParsePosition? {
    guard index < marks.count else { return nil }
    let mark = marks[index]
    return ParsePosition(byteOffset: mark.byteOffset, line: Int(mark.line), number: Int(mark.record))
  }

  var isEmpty: Bool { marks.isEmpty }
}
