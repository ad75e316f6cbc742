import BillIntake
import BillModel
import BillReports

/// Rejected rows on their way into the report: those of a round are read, and those of the round before are written.
///
/// Between `begin` and `finish` it belongs to whoever runs it, and so does the report's file of rejected rows.
final class RejectedRound: @unchecked Sendable {
  private let cursor: RejectedCursor
  private let report: FileReport
  private var records: [UInt32]?
  private var rows: [RejectedCursor.Row] = []
  private var reasons: [Finding?] = []
  private var fault: RunFault?

  /// - Parameter cursor: Reads rows again.
  init(_ cursor: consuming RejectedCursor, _ report: FileReport) {
    self.cursor = cursor
    self.report = report
  }

  /// Begins a round, with these records' rows to be read.
  func begin(_ records: [UInt32]) { self.records = records }

  /// Does the work of the round, once.
  func run() {
    guard let records else { return }
    self.records = nil
    do throws(RunFault) {
      for (row, reason) in zip(rows, reasons) { try write(row, reason) }
      do throws(IntakeError) { rows = try cursor.rows(records) } catch { throw .intake(error) }
    } catch {
      fault = error
    }
  }

  /// Does the work if nobody has; throws what went wrong.
  ///
  /// - Parameter reasons: The first error of each of the round's records.
  func finish(reasons: [Finding?]) throws(RunFault) {
    run()
    if let fault { throw fault }
    self.reasons = reasons
  }

  private func write(_ row: RejectedCursor.Row, _ reason: Finding?) throws(RunFault) {
    guard let reason else { return }
    try report.addRejected(
      row.raw,
      RejectedReason(
        record: row.record, line: row.line, code: reason.code, column: reason.column, message: reason.message))
  }
}
