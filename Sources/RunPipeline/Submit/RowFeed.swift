import BillIntake
import BillLedger
import BillModel
import BillPlanning

/// The rows of a file run that are to be sent, in two passes over the file: first those whose fate is unknown from an
/// earlier run, each with its intent; then those that were never sent.
///
/// The unresolved come first because their keys expire, and because later rows wait for the parties that they carry.
struct RowFeed: ~Copyable {
  enum Row {
    case unresolved(RowIntent, BillOperation)
    case new(PlannableRow)
  }

  private enum Pass {
    case unresolved, new, over
  }

  private let intake: Intake
  private let check: FileCheck
  private let states: (Int, Bool) throws(LedgerError) -> [LedgerRow]
  private let retriesRefused: Bool
  private var pass: Pass
  private var cursor: RowCursor
  private var rows: ArraySlice<IntakeRow> = []
  private var page: ArraySlice<LedgerRow> = []
  private var pageEnd = 0
  private var ledgerIsRead = false

  /// How many rows are read at a time.
  private static let portion = 256

  init(
    _ intake: Intake, _ check: FileCheck, _ ledger: Ledger, _ fileRun: FileRunID, retriesRefused: Bool
  ) throws(LedgerError) {
    self.intake = intake
    self.check = check
    self.retriesRefused = retriesRefused
    states = { (record, onlyUnresolved) throws(LedgerError) in
      onlyUnresolved
        ? try ledger.unresolvedRows(of: fileRun, after: record, limit: Self.portion)
        : try ledger.rows(of: fileRun, after: record, limit: Self.portion)
    }
    cursor = intake.rows(check)
    pass = try ledger.counts(of: fileRun).unresolved > 0 ? .unresolved : .new
  }

  /// The next row, or `nil` at the end.
  mutating func next() throws(SubmitFault) -> Row? {
    while true {
      switch pass {
      case .unresolved: if let row = try nextUnresolved() { return row }
      case .new: if let row = try nextNew() { return row }
      case .over: return nil
      }
    }
  }

  private mutating func nextUnresolved() throws(SubmitFault) -> Row? {
    while let intent = try nextIntent() {
      while let row = try read(), row.record <= intent.record {
        guard row.record == intent.record, case .operation(_, _, let operation) = row else { continue }
        return .unresolved(intent, operation)
      }
    }
    pass = .new
    cursor = intake.rows(check)
    (rows, page, pageEnd, ledgerIsRead) = ([], [], 0, false)
    return nil
  }

  private mutating func nextIntent() throws(SubmitFault) -> RowIntent? {
    while let row = try ledgerRow(onlyUnresolved: true) {
      page.removeFirst()
      if case .intended(let intent, _) = row.state { return intent }
    }
    return nil
  }

  private mutating func nextNew() throws(SubmitFault) -> Row? {
    while let row = try read() {
      guard case .operation(let record, _, let operation) = row else { continue }
      if let planned = plannable(record, operation, try state(of: record)) { return .new(planned) }
    }
    pass = .over
    return nil
  }

  /// The row as it is to be planned; `nil` where it isn't to be sent.
  private func plannable(_ record: Int, _ operation: BillOperation, _ state: RowState?) -> PlannableRow? {
    let (epoch, attempts): (Int, Int)
    switch state {
    case nil: (epoch, attempts) = (1, 0)
    case .unsent(let next, let before): (epoch, attempts) = (next, before)
    case .settled(let settlement) where retriesRefused && settlement.outcome == .refused:
      (epoch, attempts) = (settlement.epoch + 1, settlement.attempts)
    case .settled, .intended: return nil
    }
    return PlannableRow(
      record: record, operation: operation, epoch: epoch, priorAttempts: attempts,
      byteCount: operation.bill.estimatedBytes)
  }

  private mutating func state(of record: Int) throws(SubmitFault) -> RowState? {
    while let row = try ledgerRow(onlyUnresolved: false) {
      if row.record > record { return nil }
      page.removeFirst()
      if row.record == record { return row.state }
    }
    return nil
  }

  /// The first row of the ledger that was not taken yet. Rows that this run adds lie before the ones still read, so
  /// that the end stays the end.
  private mutating func ledgerRow(onlyUnresolved: Bool) throws(SubmitFault) -> LedgerRow? {
    if page.isEmpty, !ledgerIsRead {
      do {
        page = try states(pageEnd, onlyUnresolved)[...]
      } catch { throw .ledger(error) }
      pageEnd = page.last?.record ?? pageEnd
      ledgerIsRead = page.isEmpty
    }
    return page.first
  }

  private mutating func read() throws(SubmitFault) -> IntakeRow? {
    if rows.isEmpty {
      do { rows = try cursor.next(limit: Self.portion)[...] } catch { throw .intake(error) }
    }
    return rows.popFirst()
  }
}
