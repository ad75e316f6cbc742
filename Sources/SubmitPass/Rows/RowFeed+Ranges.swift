import BillIntake
import BillLedger
import BillModel
import BillPlanning

/// The rows of the ranges that this process has of a file: of one that another process began first those whose fate is
/// unknown.
extension RowFeed {
  /// The next row, or `nil` where no range is free now.
  mutating func nextInRanges() throws(SubmitFault) -> Row? {
    guard let share else { return nil }
    while true {
      if range == nil { range = try nextRange(of: share) }
      guard let range else { return nil }
      if share.resuming != nil {
        if let row = try nextUnresolved(in: range) { return row }
        share.hasResumed()
        rewind(to: range)
      }
      if let row = try nextNew(in: range) { return row }
      share.hasRead()
      self.range = nil
    }
  }

  private mutating func nextRange(of share: FileShare) throws(SubmitFault) -> RowRange? {
    let next: RowRange?
    do throws(LedgerError) { next = try share.next() } catch { throw .ledger(error) }
    guard let next else { return nil }
    lastIntent = 0
    rewind(to: next)
    return next
  }

  /// Goes to a range's first row: what the ledger holds of its rows is read anew.
  private mutating func rewind(to range: RowRange) {
    let first = range.records.lowerBound
    if first <= lastTaken { beginAgain() }
    states = LedgerRowReader(ledger, fileRun, of: range)
  }

  private mutating func nextUnresolved(in range: RowRange) throws(SubmitFault) -> Row? {
    while let intent = try nextIntent(in: range) {
      while goesOn() {
        guard let row = try take(upTo: intent.record) else {
          sought = nil
          break
        }
        guard row.record == intent.record, case .operation(_, _, let operation) = row else { continue }
        return .unresolved(intent, operation)
      }
      if sought != nil { return .passedOver }
    }
    return nil
  }

  private mutating func nextIntent(in range: RowRange) throws(SubmitFault) -> RowIntent? {
    if let sought { return sought }
    if intents.isEmpty {
      do throws(LedgerError) {
        intents = try ledger.unresolvedRows(of: fileRun, after: lastIntent, in: range, limit: Self.portion)[...]
      } catch { throw .ledger(error) }
      lastIntent = intents.last?.record ?? lastIntent
    }
    guard case .intended(let intent, _) = intents.popFirst()?.state else { return nil }
    sought = intent
    return intent
  }

  private mutating func nextNew(in range: RowRange) throws(SubmitFault) -> Row? {
    while goesOn() {
      guard let row = try take(upTo: range.records.upperBound) else { return nil }
      guard row.record >= range.records.lowerBound, case .operation(let record, _, let operation) = row else {
        continue
      }
      if let planned = plannable(record, operation, try state(of: record)) { return .new(planned) }
    }
    return .passedOver
  }

  /// The next row of the file, unless it is a later one than asked for.
  private mutating func take(upTo record: Int) throws(SubmitFault) -> IntakeRow? {
    guard let row = try peek(), row.record <= record else { return nil }
    rows.removeFirst()
    lastTaken = row.record
    return row
  }
}
