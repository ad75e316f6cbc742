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
  private let ledger: Ledger
  private let fileRun: FileRunID
  private let retriesRefused: Bool
  private let scope: SubmitScope
  private var pass: Pass
  private var cursor: RowCursor
  private var rows: ArraySlice<IntakeRow> = []
  private var intents: ArraySlice<LedgerRow> = []
  private var lastIntent = 0
  /// What the ledger holds, beside the second pass. Rows that this run adds lie before the ones still to be read.
  private var states: LedgerRowReader

  /// How many rows are read at a time.
  private static let portion = 256

  init(
    _ intake: Intake, _ check: FileCheck, _ ledger: Ledger, _ fileRun: FileRunID, retriesRefused: Bool,
    scope: SubmitScope = .all
  ) throws(LedgerError) {
    self.scope = scope
    self.intake = intake
    self.check = check
    self.retriesRefused = retriesRefused
    self.ledger = ledger
    self.fileRun = fileRun
    states = LedgerRowReader(ledger, fileRun)
    cursor = intake.rows(check)
    let hasUnresolved = try ledger.counts(of: fileRun).unresolved > 0
    pass = hasUnresolved ? .unresolved : scope.hasNewRows ? .new : .over
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

  /// The operations of some records, by a walk of its own over the file.
  func operations(of records: Set<Int>) throws(SubmitFault) -> [Int: BillOperation] {
    var left = records
    var found: [Int: BillOperation] = [:]
    var cursor = intake.rows(check)
    while !left.isEmpty {
      let rows: [IntakeRow]
      do { rows = try cursor.next(limit: Self.portion) } catch { throw .intake(error) }
      if rows.isEmpty { break }
      for row in rows where left.remove(row.record) != nil {
        if case .operation(_, _, let operation) = row { found[row.record] = operation }
      }
    }
    return found
  }

  private mutating func nextUnresolved() throws(SubmitFault) -> Row? {
    while let intent = try nextIntent() {
      while let row = try peek(), row.record <= intent.record {
        rows.removeFirst()
        guard row.record == intent.record, case .operation(_, _, let operation) = row else { continue }
        return .unresolved(intent, operation)
      }
    }
    pass = afterUnresolved
    cursor = intake.rows(check)
    rows = []
    return nil
  }

  private var afterUnresolved: Pass { scope.hasNewRows ? .new : .over }

  private mutating func nextIntent() throws(SubmitFault) -> RowIntent? {
    if intents.isEmpty {
      do { intents = try ledger.unresolvedRows(of: fileRun, after: lastIntent, limit: Self.portion)[...] } catch {
        throw .ledger(error)
      }
      lastIntent = intents.last?.record ?? lastIntent
    }
    guard case .intended(let intent, _) = intents.popFirst()?.state else { return nil }
    return intent
  }

  private mutating func nextNew() throws(SubmitFault) -> Row? {
    while let row = try peek() {
      rows.removeFirst()
      guard case .operation(let record, _, let operation) = row else { continue }
      if case .records(let wanted) = scope, !wanted.contains(record) { continue }
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
    do { return try states.state(of: record) } catch { throw .ledger(error) }
  }

  private mutating func peek() throws(SubmitFault) -> IntakeRow? {
    if rows.isEmpty {
      do { rows = try cursor.next(limit: Self.portion)[...] } catch { throw .intake(error) }
    }
    return rows.first
  }
}
