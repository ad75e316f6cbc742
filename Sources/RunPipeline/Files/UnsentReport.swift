import BillIntake
import BillModel
import BillReports

/// Writes the findings and the rejected rows of a file of which nothing is sent, side by side; counts nothing, and
/// looks at no row that stands.
struct UnsentReport: ~Copyable {
  private let report: FileReport
  private let hasRows: Bool
  private var rejected: RejectedCursor
  private var findings: FindingCursor

  init(intake: Intake, check: FileCheck, report: FileReport) {
    self.report = report
    hasRows = check.fileFinding == nil
    rejected = intake.rejectedRows(check)
    findings = FindingCursor(check)
  }

  mutating func write() throws(RunFault) {
    while hasRows {
      let rows: [RejectedCursor.Row]
      do throws(IntakeError) { rows = try rejected.next(limit: 1000) } catch { throw .intake(error) }
      if rows.isEmpty { break }
      for row in rows {
        guard let reason = try writeFindings(upTo: row.record) else { continue }
        try report.addRejected(
          row.raw,
          RejectedReason(
            record: row.record, line: row.line, code: reason.code, column: reason.column, message: reason.message))
      }
    }
    _ = try writeFindings(upTo: .max)
  }

  /// The first error of `record`.
  private mutating func writeFindings(upTo record: Int) throws(RunFault) -> Finding? {
    var reason: Finding?
    while true {
      let next: Finding?
      do throws(IntakeError) { next = try findings.next(upTo: record) } catch { throw .intake(error) }
      guard let next else { return reason }
      if reason == nil, next.record == record, next.severity == .error { reason = next }
      try report.add(next)
    }
  }
}
