import BillLayouts
import BillModel
import Tabular

/// How many fields a bill's record has in a file without headings.
extension FilePlanner {
  /// How many bills at the beginning show it.
  private static let mostBills = 500

  enum ColumnCount {
    /// As the layout says, or as the bills' records show.
    case known(Int)
    /// No bill stands in the batch: as many as the layout needs, until one comes.
    case awaited(Int)
    /// The bills' records differ, and nothing says which of them are right.
    case rejected(Finding)
  }

  /// What is known of it by a batch of records.
  ///
  /// A row with a delimiter too many, as an amount's `1,234` has without quotes, holds other values in its columns: no row
  /// alone says how many there are. In a file of rows to mend most may be such rows.
  func columnCount(_ batch: borrowing RecordBatch, _ first: RecordSpan) -> ColumnCount {
    guard case .csv(let form) = intake.layout.form, case .csv = file.form else { return .known(Int(first.fieldCount)) }
    if let stated = form.columnCount { return .known(stated) }
    let needed = intake.layout.neededColumns
    if name.isMended, let all = intake.layout.allColumns { return .known(all) }
    let bills = bills(batch)
    guard !bills.isEmpty else { return .awaited(needed) }
    // A row with fewer is none to go by.
    let fitting = bills.filter { $0.count >= needed }
    guard let model = fitting.first else { return .known(name.isMended ? needed : bills[0].count) }
    var counts: [Int: Int] = [:]
    for bill in fitting { counts[bill.count, default: 0] += 1 }
    let alike = counts.removeValue(forKey: model.count) ?? 0
    if let other = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), other.value >= alike {
      return .rejected(
        FileText.columnCounts(model.count, line: model.line, rows: alike, other: other.key, rows: other.value))
    }
    if name.isMended, model.count > needed {
      return .rejected(FileText.columnCountOfMended(model.count, line: model.line, needed: needed))
    }
    return .known(model.count)
  }

  /// How many fields each bill of a batch has whose fields can be told, and on which line it stands.
  private func bills(_ batch: borrowing RecordBatch) -> [(count: Int, line: Int)] {
    let misshapen = Set(batch.faults.filter(\.kind.blursFields).map(\.record))
    var bills: [(count: Int, line: Int)] = []
    for (index, record) in batch.records.enumerated()
    where record.fieldCount > 0 && !batch.isBlank(record) && !misshapen.contains(index) && isBill(batch, record) {
      bills.append((Int(record.fieldCount), record.line))
      if bills.count == Self.mostBills { break }
    }
    return bills
  }

  private func isBill(_ batch: borrowing RecordBatch, _ record: RecordSpan) -> Bool {
    guard case .mapped(let mapping) = intake.layout.columns, let records = mapping.records,
      case .number(let number) = records.place
    else { return true }
    guard record.fieldCount >= number else { return false }
    let kind = batch.bytes(of: batch.fields(of: record)[number - 1])
    return records.detail.contains { kind.elementsEqual($0) }
  }
}

/// With how many columns a file without headings is planned, from batch to batch, until a bill shows how many there are.
struct ColumnCounting {
  enum Step {
    /// The columns are to be planned, or planned anew.
    case plan(count: Int)
    /// The plan stands: no bill has come yet.
    case stands
    case rejected(Finding)
  }

  /// Whether no bill was seen yet.
  private(set) var awaitsBill = false

  mutating func step(_ planner: FilePlanner, _ batch: borrowing RecordBatch, _ first: RecordSpan) -> Step {
    switch planner.columnCount(batch, first) {
    case .known(let count):
      awaitsBill = false
      return .plan(count: count)
    case .awaited(let needed):
      if awaitsBill { return .stands }
      awaitsBill = true
      return .plan(count: needed)
    case .rejected(let finding): return .rejected(finding)
    }
  }
}

extension RecordFault.Kind {
  /// Whether a record with it may have other fields than were meant.
  fileprivate var blursFields: Bool {
    switch self {
    case .bytesAfterClosingQuote, .quoteInUnquotedField, .unclosedQuote, .recordTooLong, .danglingEscape: true
    default: false
    }
  }
}
