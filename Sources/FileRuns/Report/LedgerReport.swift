package import BillLedger
import BillModel
package import BillReports
import DurableFiles
import Hashing
import ReportPages

/// The report of a file that isn't at hand any more: what the ledger holds of it. Lines, amounts and the rows that our
/// rules rejected stood in the file alone.
package struct LedgerReport {
  private let ledger: Ledger
  private let run: FileRun

  package init(_ ledger: Ledger, _ run: FileRun) {
    self.ledger = ledger
    self.run = run
  }

  /// Writes it into the folder `ledger` beside the one of the submission, which stays as it is.
  ///
  /// - Parameter isInterrupted: Asked now and then; where it says so, no report is written.
  package func write(
    reports: String, isInterrupted: () -> Bool = { false }
  ) throws(RunFault) -> Summary {
    let folder = ReportFolder(reports: reports, fileName: run.file.name, digest: run.file.digest, command: "ledger")
    let writer = try onDisk { () throws(FileError) in
      try ReportWriter(
        folder: folder, rejected: RejectedFile(nameExtension: "csv", opening: [], listsReasons: false), list: .outcomes)
    }
    var findings: [FindingCount.Kind: FindingCount] = [:]
    var last = 0
    while true {
      let rows = try inLedger { () throws(LedgerError) in try ledger.rows(of: run.id, after: last, limit: 1000) }
      guard let end = rows.last else { break }
      if isInterrupted() { throw .interrupted }
      for row in rows {
        try add(ReportRow(record: row.record, state: row.state, rejection: nil), to: writer, &findings)
      }
      last = end.record
    }
    let summary = try summary(findings.values.sorted { $0.isToldBefore($1) }, in: folder)
    let page = ReportPage(summary, material(summary, writer.fileNames)).utf8
    try onDisk { () throws(FileError) in try writer.finish(summary, page: page) }
    return summary
  }

  private func add(
    _ row: ReportRow, to writer: ReportWriter, _ findings: inout [FindingCount.Kind: FindingCount]
  ) throws(RunFault) {
    try onDisk { () throws(FileError) in
      try writer.add(row)
      guard let finding = row.answerFinding(run.operation) else { return }
      try writer.add(finding)
      findings.count(finding)
    }
  }

  private func summary(_ findings: [FindingCount], in folder: ReportFolder) throws(RunFault) -> Summary {
    let check = try inLedger { () throws(LedgerError) in try ledger.check(of: run.id) }
    let read = check?.recordsRead ?? 0
    var accounting = Accounting(recordsRead: read, moneyRead: [:])
    for (outcome, rows) in run.rows.settled { accounting.count(outcome, rows: rows, money: [:]) }
    accounting.count(.unknown, rows: run.rows.unresolved, money: [:])
    accounting.count(.rejected, rows: check?.invalid ?? 0, money: [:])
    let told = accounting.outcomes.values.reduce(0, +)
    accounting.count(.notSent, rows: max(0, read - told), money: [:])
    guard accounting.discrepancies.isEmpty else { throw .accounting(accounting.discrepancies) }
    let last = try inLedger { () throws(LedgerError) in
      run.isFinished ? nil : try ledger.lastStop(of: run.file.digest)
    }
    var summary = Summary(
      command: "submit", verdict: run.verdict ?? .stopped,
      reason: (last.map { $0 + " " } ?? "")
        + "The file itself is not at hand: lines, amounts and rejected rows stand in it alone. "
        + "billdrop report FILE, with its path, tells them too.",
      fileName: run.file.name, byteCount: run.file.byteCount, digest: run.file.digest,
      recordsValid: check?.valid ?? 0, recordsInvalid: check?.invalid ?? 0, accounting: accounting, findings: findings,
      requests: run.requests, startedAt: run.startedAt, seconds: 0)
    summary.operation = run.operation
    summary.reportFolder = folder.path
    return summary
  }

  private func material(_ summary: Summary, _ fileNames: [String]) -> PageMaterial {
    var facts = RunFacts(version: Product.version, layoutName: run.layout.name, layoutDigest: run.layout.digest.short)
    facts.isRebuilt = true
    (facts.endpoint, facts.mode) = (ledger.environment.origin, ledger.environment.mode.rawValue)
    facts.ledger = ledger.path
    return PageMaterial(
      findings: summary.findings.map { PageFinding(count: $0, rows: []) }, facts: facts, fileNames: fileNames)
  }

  private func onDisk<Value>(_ work: () throws(FileError) -> Value) throws(RunFault) -> Value {
    do throws(FileError) { return try work() } catch { throw .file(error) }
  }

  private func inLedger<Value>(_ work: () throws(LedgerError) -> Value) throws(RunFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }
}
