import BillLayouts
import BillModel
import Tabular

/// The rows of a checked file, in its order, read a second time.
///
/// No row of a block is yielded before the block's digest was compared with that of pass one.
package struct RowCursor: ~Copyable {
  private let check: FileCheck
  private var reader: VerifyingReader
  private var batch = RecordBatch()
  private var nextInBatch = 0
  private var unmade = UnmadeFields([])
  private var findings: FindingReader
  private let builder: OperationBuilder?
  private var describer: PartyDescriber?
  /// What was yielded last.
  private var last: RowPortion
  private var isAtEnd: Bool
  /// The values of rows beside them; `nil` where nobody asks for them.
  private let values: RowValues?

  /// - Parameter tellsValues: Whether `values` is asked.
  init(_ check: FileCheck, tellsValues: Bool = false) {
    self.check = check
    values = tellsValues ? check.plan.map { RowValues($0) } : nil
    last = RowPortion(of: check, rows: 0)
    reader = VerifyingReader(check)
    findings = check.findings()
    let builder = check.plan.map { OperationBuilder(plan: $0) }
    self.builder = builder
    describer = builder.map { builder in
      PartyDescriber(
        origins: check.origins,
        fetcher: RecordFetcher(
          input: check.input, marks: check.marks, byteCount: check.text.byteCount, reading: check.reading),
        builder: builder)
    }
    isAtEnd = check.plan == nil
  }

  /// The next rows, at most `limit` of them; none at the end. Of a file that is rejected as a whole, the rows that
  /// were read.
  ///
  /// - Throws: `IntakeError.changed` where the input isn't what pass one read, and what reading throws.
  package mutating func next(limit: Int) throws(IntakeError) -> [IntakeRow] {
    last = try nextPortion(limit: limit)
    return last.rows
  }

  /// The same, with their texts; fewer of them where these have so many bytes together.
  mutating func nextPortion(limit: Int, bytes: Int = .max) throws(IntakeError) -> RowPortion {
    var portion = RowPortion(of: check, rows: limit)
    while portion.rows.count < limit, portion.byteCount < bytes, !isAtEnd {
      guard nextInBatch < batch.records.count else {
        nextInBatch = 0
        isAtEnd = !(try reader.next(into: &batch))
        unmade = UnmadeFields(reader.faults)
        continue
      }
      let record = batch.records[nextInBatch]
      let unmade = unmade.columns(of: nextInBatch)
      nextInBatch += 1
      guard record.number > 0 else { continue }
      guard record.number <= check.recordsRead else {
        isAtEnd = true
        break
      }
      let place = RowPortion.Place(
        start: batch.extent(of: record).start, parent: reader.state(of: record.number)?.parentPlace)
      portion.append(try row(record, unmade), batch.rawBytes(of: record), place)
      if let values { portion.append(values: values.bytes(RowCells(batch, record))) }
      if record.fieldCount == 0, batch.isCut(record) { try portion.replaceLastText(with: wholeText(of: record)) }
    }
    return portion
  }

  /// The values of a row of the last `next` by their fields, by its place in it: the same for rows that say the same.
  package func values(at index: Int) -> [UInt8] { last.values[index] }

  /// The text of a row of the last `next`, by its place in it.
  package func raw(at index: Int) -> RawRow { last.raw(at: index) }

  /// The text of a record that was cut, all of it: it may go on beyond the batch.
  private func wholeText(of record: RecordSpan) throws(IntakeError) -> [UInt8] {
    let fetcher = RecordFetcher(
      input: check.input, marks: check.marks, byteCount: check.text.byteCount, reading: check.reading)
    var text = Array(batch.rawBytes(of: record))
    try fetcher.fetch([UInt32(record.number)]) { batch, record throws(IntakeError) in
      text = Array(fetcher.text(of: record, in: batch))
    }
    return text
  }

  private mutating func row(_ record: RecordSpan, _ unmade: [Int]) throws(IntakeError) -> IntakeRow {
    let cells = RowCells(batch, record)
    if check.isRejected(record: record.number) {
      let money = check.plan?.money(cells, unmade: unmade)
      return .rejected(
        RejectedRow(
          record: record.number, line: record.line, reference: check.plan?.referenceText(cells),
          money: money.flatMap { check.money.counts($0) ? $0 : nil }, kind: check.plan?.plan(of: cells)?.operation,
          findings: try findings.findings(of: UInt32(record.number))))
    }
    guard let built = builder?.operation(cells),
      let operation = try describer?.described(built, record: UInt32(record.number))
    else {
      // A row that pass one let stand can be built, unless its bytes are others.
      throw .changed(name: check.name, byteOffset: batch.byteOffset(of: record))
    }
    return .operation(record: record.number, line: record.line, operation)
  }
}
