import Tabular

/// Rejected rows as their bytes came, kept while they are at hand, so that they needn't be read again: the first ones of a
/// file, as far as there is room.
struct KeptRows: Sendable {
  private struct Row: Sendable {
    var record: UInt32
    var line: Int
    var start: Int64
    /// In which of the chunks its bytes are, and where.
    var chunk: Int
    var bytes: Range<Int>
  }

  private static let chunkBytes = 1 << 18

  /// How many bytes more are kept.
  private var room: Int
  private var rows: [Row] = []
  private var chunks: [[UInt8]] = []

  /// - Parameter bytes: How many bytes of rows are kept.
  init(bytes: Int) { room = bytes }

  /// Keeps rows of a batch, as long as there is room.
  ///
  /// - Parameter numbers: Their numbers, ascending.
  /// - Returns: How many of the first of them are kept.
  mutating func keep(_ batch: borrowing RecordBatch, _ numbers: [Int]) -> Int {
    guard let first = batch.records.first?.number else { return 0 }
    for (index, number) in numbers.enumerated() {
      let place = number - first
      guard batch.records.indices.contains(place), batch.records[place].number == number,
        keep(batch, batch.records[place])
      else {
        // What comes after it is not kept either: the rows kept are the first ones.
        room = 0
        return index
      }
    }
    return numbers.count
  }

  private mutating func keep(_ batch: borrowing RecordBatch, _ record: RecordSpan) -> Bool {
    let raw = batch.rawBytes(of: record)
    guard raw.count <= room, !batch.isCut(record) else { return false }
    room -= raw.count
    if chunks.isEmpty || chunks[chunks.count - 1].count + raw.count > Self.chunkBytes {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(min(Self.chunkBytes, max(raw.count, room)))
    }
    let start = chunks[chunks.count - 1].count
    chunks[chunks.count - 1] += raw
    rows.append(
      Row(
        record: UInt32(record.number), line: record.line, start: batch.extent(of: record).start,
        chunk: chunks.count - 1, bytes: start..<start + raw.count))
    return true
  }

  /// Calls `body` with a row's line, with where it begins in the text and with its bytes, its line end among them; `nil`
  /// where it isn't kept.
  func row<Outcome>(
    _ record: UInt32, _ body: (_ line: Int, _ start: Int64, _ raw: UnsafeBufferPointer<UInt8>) -> Outcome
  ) -> Outcome? {
    guard let row = find(record) else { return nil }
    return chunks[row.chunk].withUnsafeBufferPointer {
      body(row.line, row.start, UnsafeBufferPointer(rebasing: $0[row.bytes]))
    }
  }

  private func find(_ record: UInt32) -> Row? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].record < record { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].record == record ? rows[low] : nil
  }
}
