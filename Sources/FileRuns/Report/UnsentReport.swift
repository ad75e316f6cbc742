import BillIntake
import BillModel
import BillReports
import Threads

/// Writes the findings and the rejected rows of a file of which nothing is sent; counts nothing, and looks at no row that
/// stands.
///
/// Round by round: while the findings of a round's rows get their words and lines, another thread finds these rows, and
/// writes the rows and lines of the round before.
struct UnsentReport: ~Copyable {
  /// Most rejected rows of a round.
  private static let mostRows = 2000
  /// Most findings that are collected in a round.
  private static let mostFindings = 8000

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
      var reasons = RejectedRound.Reasons()
      var outcome = Result<Void, RunFault>.success(())
      WorkerThreads.run(isLong ? 1 : 0) { [round] in
        round.run()
      } own: {
        outcome = Result { () throws(RunFault) in try collect(&reasons, of: records, most: Self.mostFindings) }
      }
      try outcome.get()
      try round.runAlone()
      try writeRest(&reasons, of: records)
      round.end(reasons)
    }
    round.begin([])
    try round.runAlone()
    while let finding = try next(upTo: .max) { try report.add(finding) }
  }

  /// Collects the reasons of a round's records.
  ///
  /// - Parameter most: At how many findings it stops; `nil` to write them instead.
  private mutating func collect(
    _ reasons: inout RejectedRound.Reasons, of records: [UInt32], most: Int?
  ) throws(RunFault) {
    while reasons.first.count < records.count {
      let record = Int(records[reasons.first.count])
      while let finding = try next(upTo: record) {
        if reasons.current == nil, finding.record == record, finding.severity == .error { reasons.current = finding }
        guard let most else {
          try report.add(finding)
          continue
        }
        ReportWriter.append(finding, to: &reasons.lines)
        reasons.findings += 1
        if reasons.findings == most { return }
      }
      reasons.first.append(reasons.current)
      reasons.current = nil
    }
  }

  /// Where a round has more findings than are collected, as where many rows that stand are warned of: writes them, and
  /// those that follow.
  private mutating func writeRest(_ reasons: inout RejectedRound.Reasons, of records: [UInt32]) throws(RunFault) {
    guard reasons.first.count < records.count else { return }
    try report.add(issues: reasons.lines)
    reasons.lines = []
    try collect(&reasons, of: records, most: nil)
  }

  private mutating func next(upTo record: Int) throws(RunFault) -> Finding? {
    do throws(IntakeError) { return try findings.next(upTo: record) } catch { throw .intake(error) }
  }
}
