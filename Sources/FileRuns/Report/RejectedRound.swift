import BillIntake
import BillModel
import BillReports

/// Rejected rows on their way into the report: those of a round are read, and those of the round before are written, with
/// their findings.
///
/// Between `begin` and `end` it belongs to whoever runs it, and so does the report.
final class RejectedRound: @unchecked Sendable {
  /// Why rows are rejected.
  struct Reasons {
    /// The first error of each record of the round.
    var first: [Finding?] = []
    /// The same of the record behind these, as far as it is known.
    var current: Finding?
    /// The lines of findings up to the round's last record that are not written yet, and how many these are.
    var lines: [UInt8] = []
    var findings = 0
  }

  private let cursor: RejectedCursor
  private let report: FileReport
  private var records: [UInt32]?
  private var rows: [RejectedCursor.Row] = []
  private var reasons = Reasons()
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
      try report.add(issues: reasons.lines)
      for (row, reason) in zip(rows, reasons.first) { try write(row, reason) }
      do throws(IntakeError) { rows = try cursor.rows(records) } catch { throw .intake(error) }
    } catch {
      fault = error
    }
  }

  /// Does the work if nobody has, and throws what went wrong.
  func runAlone() throws(RunFault) {
    run()
    if let fault { throw fault }
  }

  /// Ends the round.
  ///
  /// - Parameter reasons: Those of the round's records.
  func end(_ reasons: Reasons) { self.reasons = reasons }

  private func write(_ row: RejectedCursor.Row, _ reason: Finding?) throws(RunFault) {
    guard let reason else { return }
    try report.addRejected(
      row.raw,
      RejectedReason(
        record: row.record, line: row.line, code: reason.code, column: reason.column, message: reason.message))
  }
}
