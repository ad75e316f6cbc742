import CScan

/// A day as a column of dates that is the same in every row.
final class DayColumn {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let span: UnsafeMutablePointer<cscan_span>

  /// - Parameter day: As such dates are written.
  init(_ day: [UInt8]) {
    // So many bytes are readable from a value's first one on.
    bytes = .allocate(capacity: 64 + day.count)
    bytes.initialize(repeating: 0, count: 64 + day.count)
    bytes.update(from: day, count: day.count)
    span = .allocate(capacity: 1)
    span.initialize(to: cscan_span(start: 0, end: UInt32(day.count)))
  }

  deinit {
    bytes.deallocate()
    span.deallocate()
  }

  /// The column beside others, in as many rows.
  func column(of rows: cscan_column) -> cscan_column {
    cscan_column(base: bytes, spans: span, stride: 0, rows: rows.rows, digest: rows.digest)
  }
}
