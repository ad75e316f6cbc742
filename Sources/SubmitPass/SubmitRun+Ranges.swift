import BillIntake
import BillLedger
import BillModel
import BillPlanning

/// A file that several processes send together: this one reads range after range, ends those that are through, and where
/// none is free waits for what others leave, until nothing is left.
extension SubmitRun {
  /// How long between two looks, in milliseconds.
  private static let pause: Int64 = 300

  /// What is done about ranges after a commit.
  func tendRanges() throws(SubmitFault) {
    guard let share, stop == nil, batch.isEmpty(butForRequests: true), now.monotonic >= nextTending else { return }
    do throws(LedgerError) {
      try share.endRanges { hasRow(in: $0) }
      share.onlyTakesOver = elsewhere.isFull
      try share.look()
      if feedIsOver { feedIsOver = share.isOver }
      try countAll()
    } catch { throw .ledger(error) }
    nextTending = now.monotonic(after: Self.pause)
  }

  /// Whether a row of these records is under way, or waits.
  private func hasRow(in records: ClosedRange<Int>) -> Bool {
    active.keys.contains { records.contains($0) } || ready.holdsRow(in: records) || planner.holdsRow(in: records)
      || elsewhere.rows.contains { records.contains($0.row.record) }
  }

  /// Takes in what all have done: how far the file is, and how many of its rows were refused.
  private func countAll() throws(LedgerError) {
    let rows = try ledger.counts(of: fileRun)
    budget.learn(refused: rows.settled[.refused] ?? 0)
    tally.elsewhere = max(0, rows.settled.values.reduce(0, +) - tally.settled)
  }
}
