import BillIntake
import BillModel
import BillReports

/// Writes the findings and the rejected rows of a file of which nothing is sent; counts nothing, and looks at no row that
/// stands.
///
/// Round by round: while the findings of a round's rows are written, another thread reads these rows, and writes those of
/// the round before, whose reasons are known by then.
struct UnsentReport: ~Copyable {
  /// Most rejected rows of a round.
  private static let mostRows = 1000

  private let report: FileReport
  private let round: RejectedRound
  private let hasRows: Bool
  private let threads: Int
  private var rejected: RejectedCursor
  private var findings: FindingCursor

  init(intake: Intake, check: FileCheck, report: FileReport) {
    self.report = report
    round = RejectedRound(intake.rejectedRows(check), report)
    hasRows = check.fileFinding == nil
    threads = intake.options.threads
    rejected = intake.rejectedRows(check)
    findings = FindingCursor(check)
  }

  mutating func write() throws(RunFault) {
    while hasRows {
      let records = rejected.nextRecords(limit: Self.mostRows)
      if records.isEmpty { break }
      round.begin(records)
      let isLong = threads > 1 && records.count == Self.mostRows
      var reasons = Result<[Finding?], RunFault>.success([])
      WorkerThreads.run(isLong ? 1 : 0) { [round] in
        round.run()
      } own: {
        reasons = Result { () throws(RunFault) in try writeFindings(of: records) }
      }
      try round.finish(reasons: try reasons.get())
    }
    round.begin([])
    try round.finish(reasons: [])
    _ = try writeFindings(upTo: .max)
  }

  /// The first error of each record.
  private mutating func writeFindings(of records: [UInt32]) throws(RunFault) -> [Finding?] {
    var reasons: [Finding?] = []
    for record in records { reasons.append(try writeFindings(upTo: Int(record))) }
    return reasons
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
