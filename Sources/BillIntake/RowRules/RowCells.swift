import Tabular

/// The cells of one record, by column. A cell that the record doesn't have is empty.
struct RowCells {
  let base: UnsafePointer<UInt8>
  let fields: UnsafeBufferPointer<FieldSpan>

  /// Holds as long as the batch does, until it is filled again.
  init(_ batch: borrowing RecordBatch, _ record: RecordSpan) {
    base = batch.base
    fields = batch.fields(of: record)
  }

  /// The cell's value; empty where there is none.
  @inline(__always)
  subscript(column: Int) -> UnsafeBufferPointer<UInt8> {
    guard column < fields.count else { return UnsafeBufferPointer(start: base, count: 0) }
    let field = fields[column]
    return UnsafeBufferPointer(start: base + Int(field.start), count: Int(field.end - field.start))
  }

  /// Of all cells and where each ends, seeded by the process: 64 bits, for comparing with the same record read again.
  func digest() -> Int {
    var hasher = Hasher()
    for column in fields.indices {
      let cell = self[column]
      hasher.combine(cell.count)
      hasher.combine(bytes: UnsafeRawBufferPointer(cell))
    }
    return hasher.finalize()
  }

  /// The cell's value as text, invalid UTF-8 mended; `nil` where it is empty or there is no such column.
  func text(_ column: Int?) -> String? {
    guard let column else { return nil }
    let cell = self[column]
    return cell.isEmpty ? nil : String(decoding: cell, as: UTF8.self)
  }
}
