import BillLayouts
import Tabular

/// The rejected rows of a checked file in its order, as their bytes came. Those that were not kept are read again, and
/// only they, so that a good file costs nothing; nothing of them is ever sent.
package struct RejectedCursor: ~Copyable {
  /// A row to mend.
  package struct Row: Sendable {
    package let record: Int
    /// Physical line on which it begins, from 1.
    package let line: Int
    package let raw: RawRow
  }

  private let check: FileCheck
  private let fetcher: RecordFetcher
  private var nextRecord: UInt32 = 1

  init(_ check: FileCheck) {
    self.check = check
    fetcher = RecordFetcher(
      input: check.input, marks: check.marks, byteCount: check.text.byteCount, reading: check.reading)
  }

  /// The records of the next rows, at most `limit` of them; none at the end.
  package mutating func nextRecords(limit: Int) -> [UInt32] {
    var wanted: [UInt32] = []
    while wanted.count < limit, let record = check.verdicts.firstRejected(from: nextRecord) {
      wanted.append(record)
      nextRecord = record + 1
    }
    return wanted
  }

  /// The next rows, at most `limit` of them; none at the end.
  ///
  /// - Throws: as `rows(_:)`.
  package mutating func next(limit: Int) throws(IntakeError) -> [Row] { try rows(nextRecords(limit: limit)) }

  /// Rejected rows by their records, which ascend. Any thread may ask.
  ///
  /// - Throws: `IntakeError.changed` where the input isn't what pass one read, and what reading throws.
  package func rows(_ wanted: [UInt32]) throws(IntakeError) -> [Row] {
    let kept = wanted.map { record in
      check.kept.row(record) { line, start, raw in row(Int(record), line, raw, start, parent: nil) }
    }
    var others = try read(zip(wanted, kept).compactMap { $1 == nil ? $0 : nil })[...]
    let rows = kept.compactMap { $0 ?? others.popFirst() }
    guard rows.count == wanted.count, !check.input.hasChanged else {
      throw .changed(name: check.name, byteOffset: 0)
    }
    return rows
  }

  /// Rows that were not kept, by their records.
  private func read(_ wanted: [UInt32]) throws(IntakeError) -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(wanted.count)
    try fetcher.fetchWithState(wanted) { batch, record, state throws(IntakeError) in
      rows.append(
        row(
          record.number, record.line, fetcher.text(of: record, in: batch), batch.extent(of: record).start,
          parent: state?.parentPlace))
    }
    return rows
  }

  private func row(
    _ record: Int, _ line: Int, _ raw: UnsafeBufferPointer<UInt8>, _ start: Int64, parent: TextExtent?
  ) -> Row {
    Row(
      record: record, line: line,
      raw: RawRow(
        raw, keeping: check.plan?.keptColumns ?? 0, of: check.plan?.fileColumns ?? 0, in: check.reading.file,
        start: start, parent: parent))
  }
}
