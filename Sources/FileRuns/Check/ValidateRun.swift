package import BillIntake
import BillModel
import BillReports
import LayoutGuessing
import PartMerging
import ReportPages
import SubmitPass

/// Checks one file after the other: no network, no ledger, nothing durable but the reports asked for.
package struct ValidateRun: Sendable {
  private let intake: Intake
  private let reports: String?
  private let temporaryFolder: String
  private let examples: Int
  private let listsReferences: Bool

  /// - Parameters:
  ///   - reports: the folder of all reports; `nil` writes none.
  ///   - examples: of each kind of finding, for people; 0 makes no groups.
  ///   - listsReferences: each report gets `references.bin`, by which it can be compared with those of other parts.
  package init(
    intake: Intake, reports: String?, temporaryFolder: String, examples: Int, listsReferences: Bool = false
  ) {
    self.intake = intake
    self.reports = reports
    self.temporaryFolder = temporaryFolder
    self.examples = examples
    self.listsReferences = listsReferences
  }

  /// Checks one file; the accounting is proved before anything is said.
  ///
  /// - Parameters:
  ///   - progress: Called every few milliseconds; where it says no, the answer is of what was read so far, and no report
  ///     is written.
  ///   - isCancelled: Asked, on any thread, while a pipe has nothing to read.
  package func run(
    _ input: IntakeInput, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: (IntakeProgress) -> Bool
  ) throws(RunFault) -> FileResult {
    let started = Stopwatch()
    let check: FileCheck
    var latest: IntakeProgress?
    do throws(IntakeError) {
      check = try intake.check(
        input, temporaryFolder: temporaryFolder,
        progress: {
          latest = $0
          return !$0.isPointless && progress($0)
        }, isCancelled: isCancelled)
    } catch {
      throw .intake(error)
    }
    let accounting = check.unsentAccounting
    guard accounting.discrepancies.isEmpty else { throw .accounting(accounting.discrepancies) }
    var summary = check.summary(command: "validate", accounting: accounting, startedAt: started.wallTime)
    summary.seconds = started.seconds
    if check.fileFinding != nil, latest?.isPointless == true {
      summary.reason = (summary.reason ?? "") + " The input has no end in sight: only its beginning was read."
    } else if check.stoppedEarly {
      summary.verdict = .stopped
      summary.reason =
        "Interrupted: this is what was found so far. The rows were not compared with each other to the end."
    }
    let isReported = reports != nil && summary.verdict != .stopped && latest?.isPointless != true
    var result = FileResult(summary: summary, groups: [])
    result.spilledBytes = check.spilledBytes
    guard examples > 0 || isReported else { return result }
    let shown = isReported ? max(examples, FindingGroup.shownOnPage) : examples
    let groups = try check.groups(check.findingCounts, most: shown) { latest.map(progress) ?? true }
    let mends = try check.mends { latest.map(progress) ?? true }
    if isReported, let reports { try writeReport(check, &result.summary, groups, mends, reports) }
    guard examples > 0 else { return result }
    result.groups = groups.map { $0.trimmed(to: examples) }
    result.mends = mends
    return result
  }

  private func writeReport(
    _ check: FileCheck, _ summary: inout Summary, _ groups: [FindingGroup], _ mends: [ColumnMend], _ reports: String
  ) throws(RunFault) {
    let folder = ReportFolder(reports: reports, fileName: check.fileName, digest: check.digest, command: "validate")
    let report = try FileReport(check, in: folder, list: .none)
    var rows = UnsentReport(intake: intake, check: check, report: report)
    try rows.write()
    if listsReferences { try writeClaims(check, folder) }
    summary.reportFolder = report.folder.path
    try report.finish(summary, PageMaterial(groups, mends, facts: check.facts))
  }

  private func writeClaims(_ check: FileCheck, _ folder: ReportFolder) throws(RunFault) {
    do throws(ClaimWriter.Fault) { try ClaimWriter.write(check, of: intake, into: folder.path) } catch {
      switch error {
      case .intake(let error): throw .intake(error)
      case .file(let error): throw .file(error)
      }
    }
  }
}
