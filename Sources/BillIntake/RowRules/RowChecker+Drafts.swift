import BillModel
import Tabular

extension RowChecker {
  /// Notes what the reader found wrong with a record as text.
  func noteTextFaults(
    _ batch: borrowing RecordBatch, _ index: Int, from first: Int, _ row: inout RowInCheck,
    _ results: inout RowResults
  ) {
    for fault in batch.faults[first...] {
      guard fault.record == index else { return }
      guard let (code, cause) = Self.finding(for: fault, knowsPlaces: batch.knowsPlaces) else { continue }
      let column = fault.field.flatMap { plan.column(ofField: $0) }
      if let column { markUnreadable(column, &row) }
      row.facts.isValid = false
      let value = column.map { Array(RowCells(batch, batch.records[index])[$0].prefix(FindingDraft.longestValue)) }
      results.drafts.append(
        FindingDraft(code: code, record: row.record, line: fault.line, column: column, cause: cause, value: value ?? [])
      )
    }
  }

  /// Notes that a column's bytes are not what was meant, and those of the fields that are made of it.
  private func markUnreadable(_ column: Int, _ row: inout RowInCheck) {
    row.markUnreadable(column)
    for target in plan.mapped?.targets(of: column) ?? [] { row.markUnreadable(target) }
  }

  /// A quote that never closes rejects the file as a whole, and is nobody's row.
  private static func finding(for fault: RecordFault, knowsPlaces: Bool) -> (FindingCode, FindingCause)? {
    switch fault.kind {
    case .bytesAfterClosingQuote: (.recordBytesAfterQuote, .bytesAfterQuote)
    case .quoteInUnquotedField: (.recordQuoteInField, .quoteInField)
    case .unclosedQuote: nil
    case .recordTooLong(let limit): (.recordTooLong, .recordTooLong(limit: limit))
    case .nulByte: (.recordNul, .nulByte(offset: Int(fault.byteOffset), isOfLine: !knowsPlaces))
    case .invalidUTF8: (.recordInvalidUTF8, .invalidUTF8(offset: Int(fault.byteOffset)))
    case .undecodable, .cutCharacter: (.recordUndecodable, .undecodable(offset: Int(fault.byteOffset)))
    case .byteOrderMark: (.recordByteOrderMark, .byteOrderMark(offset: Int(fault.byteOffset)))
    case .danglingEscape: (.recordDanglingEscape, .danglingEscape)
    case .shortRecord(let length, let expected), .longRecord(let length, let expected):
      (.recordLength, .recordLength(length, expected: expected, isCut: false))
    case .roomyRecord(let length, let extent): (.recordLength, .recordRoom(length, extent: extent))
    case .truncatedRecord(let length, let expected):
      (.recordLength, .recordLength(length, expected: expected, isCut: true))
    }
  }

  /// How many fields a row has: all, but for a row of rejected.csv that came for having too few, and went through a
  /// spreadsheet. That has moved the reason into the columns that the row lacked: its fields end before that.
  func ownFields(_ cells: RowCells) -> Int {
    let code = FindingCode.recordTooFewFields.rawValue.utf8
    guard hasReasons else { return cells.fields.count }
    let end = (0..<min(plan.keptColumns, cells.fields.count)).first { cells[$0].elementsEqual(code) }
    return end.map { max(1, $0) } ?? cells.fields.count
  }

  /// Notes that a record has too few or too many fields; what stands in which column can't be known then.
  func noteFieldCount(_ count: Int, _ row: inout RowInCheck, _ results: inout RowResults) {
    row.facts.isValid = false
    // A record that was cut has no fields, and says so already.
    guard count > 0 else { return }
    results.drafts.append(
      FindingDraft(
        code: count < plan.fileColumns ? .recordTooFewFields : .recordTooManyFields, record: row.record,
        line: row.line, cause: .fieldCount(count)))
  }

  /// Says of a record with too few fields how it ends, where that may be why.
  ///
  /// - Parameters:
  ///   - raw: The record as it came.
  ///   - first: The first draft about it.
  func noteEnding(_ raw: UnsafeBufferPointer<UInt8>, _ results: inout RowResults, from first: Int) {
    for index in first..<results.drafts.count where results.drafts[index].code == .recordTooFewFields {
      guard case .fieldCount(let count, _) = results.drafts[index].cause else { continue }
      let hasLineEnd = raw.last == 0x0A || raw.last == 0x0D
      if count == 1, raw.first == 0x1A, raw.dropFirst().allSatisfy({ $0 == 0x0A || $0 == 0x0D }) {
        results.drafts[index].cause = .fieldCount(count, ending: .mark)
      } else if !hasLineEnd {
        results.drafts[index].cause = .fieldCount(count, ending: .open)
      }
    }
  }

  /// Notes an error: the row is invalid.
  func add(
    _ code: FindingCode, _ cause: FindingCause, column: Int, value: UnsafeBufferPointer<UInt8>,
    to row: inout RowInCheck, _ results: inout RowResults
  ) {
    row.facts.isValid = false
    results.drafts.append(draft(code, .error, cause, column, value, row))
  }

  /// Notes a warning: the row stands.
  func warn(
    _ code: FindingCode, _ cause: FindingCause, column: Int, value: UnsafeBufferPointer<UInt8>,
    to row: inout RowInCheck, _ results: inout RowResults
  ) {
    results.drafts.append(draft(code, .warning, cause, column, value, row))
  }

  private func draft(
    _ code: FindingCode, _ severity: Severity, _ cause: FindingCause, _ column: Int,
    _ value: UnsafeBufferPointer<UInt8>, _ row: borrowing RowInCheck
  ) -> FindingDraft {
    FindingDraft(
      code: code, severity: severity, record: row.record, line: row.line, column: column, cause: cause,
      value: Array(value.prefix(FindingDraft.longestValue)))
  }
}
