import BillIntake
import BillLedger
import BillModel
import BillReports
import DurableFiles

/// One walk over a checked file and what the ledger holds of it: counts every row and cent, and writes them.
struct ReportPass: ~Copyable {
  private let check: FileCheck
  private let writer: ReportWriter?
  private var cursor: RowCursor
  private var findings: FindingCursor
  private(set) var accounting: Accounting
  /// Findings that the API's answers make, by code.
  private(set) var answerFindings: [FindingCode: FindingCount] = [:]
  /// A few of them, for people.
  private(set) var answerExamples: [Finding] = []

  /// - Parameter writer: `nil` counts only.
  init(intake: Intake, check: FileCheck, writer: ReportWriter?) {
    self.check = check
    self.writer = writer
    cursor = intake.rows(check)
    findings = FindingCursor(check)
    accounting = check.emptyAccounting
  }

  /// Walks the file; afterwards `accounting` holds what became of each row.
  mutating func run(ledgerRows: inout LedgerRowReader) throws(RunFault) {
    while true {
      let rows = try nextRows()
      if rows.isEmpty { break }
      for (index, row) in rows.enumerated() {
        let state: RowState?
        do throws(LedgerError) { state = try ledgerRows.state(of: row.record) } catch { throw .ledger(error) }
        let reported = ReportRow(row, state: state)
        accounting.count(reported.outcome, amount: reported.amount, currency: reported.currency)
        try writeFindings(upTo: reported.record)
        try writeAnswerFinding(reported)
        try write(reported, at: index)
      }
    }
    try writeFindings(upTo: .max)
  }

  private mutating func nextRows() throws(RunFault) -> [IntakeRow] {
    do throws(IntakeError) { return try cursor.next(limit: 1000) } catch { throw .intake(error) }
  }

  private func write(_ row: ReportRow, at index: Int) throws(RunFault) {
    guard let writer else { return }
    do throws(FileError) {
      try writer.add(row)
      guard row.outcome == .rejected || row.outcome == .refused, let code = row.code else { return }
      try writer.addRejected(raw: cursor.raw(at: index).bytes, code: code, reason: row.message ?? "")
    } catch {
      throw .file(error)
    }
  }

  private mutating func writeFindings(upTo record: Int) throws(RunFault) {
    guard let writer else { return }
    while true {
      let next: Finding?
      do throws(IntakeError) { next = try findings.next(upTo: record) } catch { throw .intake(error) }
      guard let next else { return }
      do throws(FileError) { try writer.add(next) } catch { throw .file(error) }
    }
  }

  /// A row that the API said no to, or that is in doubt, is a finding too.
  private mutating func writeAnswerFinding(_ row: ReportRow) throws(RunFault) {
    guard let finding = row.answerFinding else { return }
    var count =
      answerFindings[finding.code]
      ?? FindingCount(code: finding.code, severity: .error, count: 0, firstRecord: finding.record)
    count.count += 1
    answerFindings[finding.code] = count
    if count.count <= 3 { answerExamples.append(finding) }
    do throws(FileError) { try writer?.add(finding) } catch { throw .file(error) }
  }
}
