import BillIntake
import BillModel
import BillReports
import DurableFiles

/// Writes the findings and the rejected rows of a file of which nothing is sent, side by side; counts nothing, and
/// looks at no row that stands.
struct UnsentReport: ~Copyable {
  private let writer: ReportWriter
  private let hasRows: Bool
  private var rejected: RejectedCursor
  private var findings: FindingCursor

  init(intake: Intake, check: FileCheck, writer: ReportWriter) {
    self.writer = writer
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
        do throws(FileError) {
          try writer.addRejected(raw: row.raw.bytes, code: reason.code, reason: reason.message)
        } catch {
          throw .file(error)
        }
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
      do throws(FileError) { try writer.add(next) } catch { throw .file(error) }
    }
  }
}
