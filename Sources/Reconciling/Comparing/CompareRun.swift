import BillComparison
package import BillIntake
import BillModel
import BillReports
import DurableFiles
package import FileRuns
import Hashing
import SubmitPass

/// Compares two files of bills: no network, no ledger, nothing durable but the lists asked for.
package struct CompareRun {
  private let oldIntake: Intake
  private let newIntake: Intake
  private let reports: String?
  private let temporaryFolder: String
  private let examples: Int
  private let isCancelled: @Sendable () -> Bool

  /// - Parameters:
  ///   - reports: The folder of all reports; `nil` writes no lists.
  ///   - examples: Of each kind of change.
  ///   - isCancelled: Asked, on any thread, now and then.
  package init(
    oldIntake: Intake, newIntake: Intake, reports: String?, temporaryFolder: String, examples: Int,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.oldIntake = oldIntake
    self.newIntake = newIntake
    self.reports = reports
    self.temporaryFolder = temporaryFolder
    self.examples = examples
    self.isCancelled = isCancelled
  }

  /// Compares `old` with `new`.
  ///
  /// - Parameter checking: Called while a file is checked.
  package func run(
    old: IntakeInput, new: IntakeInput, checking: (IntakeProgress) -> Void
  ) throws(RunFault) -> CompareResult {
    let started = Stopwatch()
    var result = CompareResult(ending: .interrupted, examples: [], seconds: 0)
    var comparer = FileComparer(folder: temporaryFolder)
    var records: [Int] = []
    var folder: ReportFolder?
    for (input, intake) in [(old, oldIntake), (new, newIntake)] {
      let check = try check(input, intake, checking)
      if let finding = check.fileFinding {
        result.ending = .rejected(name: check.fileName, reason: "\(finding.message) \(finding.hint)")
        return result
      }
      guard !check.stoppedEarly, try take(check, intake, &comparer) else { return result }
      records.append(check.recordsRead)
      folder = reports.map {
        ReportFolder(reports: $0, fileName: check.fileName, digest: check.digest, command: "diff")
      }
    }
    let list = folder.map { _ in
      ChangeList(folder: temporaryFolder, oldRecords: records[0], newRecords: records[1])
    }
    var found = ChangeExamples(most: examples)
    guard let comparison = try join(comparer, list, &found) else { return result }
    result.ending = .compared(comparison)
    result.examples = found.all
    result.seconds = started.seconds
    if let folder, let list { try write(&result, comparison, list, folder) }
    return result
  }

  private func check(
    _ input: IntakeInput, _ intake: Intake, _ checking: (IntakeProgress) -> Void
  ) throws(RunFault) -> FileCheck {
    do throws(IntakeError) {
      return try intake.check(
        input, temporaryFolder: temporaryFolder,
        progress: { state in
          checking(state)
          return !state.isPointless && !isCancelled()
        }, isCancelled: isCancelled)
    } catch { throw .intake(error) }
  }

  private func take(_ check: FileCheck, _ intake: Intake, _ comparer: inout FileComparer) throws(RunFault) -> Bool {
    do throws(IntakeError) { return try comparer.take(check, intake, isCancelled: isCancelled) } catch {
      throw .intake(error)
    }
  }

  private func join(
    _ comparer: FileComparer, _ list: ChangeList?, _ found: inout ChangeExamples
  ) throws(RunFault) -> FileComparison? {
    var examples = found
    defer { found = examples }
    do throws(IntakeError) {
      return try comparer.compare(isCancelled: isCancelled) { (change) throws(IntakeError) in
        examples.add(change)
        try list?.add(change)
      }
    } catch { throw .intake(error) }
  }

  /// Writes the lists; `summary.json` last, so that its presence says that they are complete.
  private func write(
    _ result: inout CompareResult, _ comparison: FileComparison, _ list: ChangeList, _ folder: ReportFolder
  ) throws(RunFault) {
    result.reportFolder = folder.path
    let summary = folder.path + "/summary.json"
    do throws(FileError) {
      try folder.makeWritable()
      try Directory.removeFile(summary)
    } catch { throw .file(error) }
    try list.write(to: folder.path + "/changes.csv")
    do throws(FileError) {
      let file = try AtomicFile(path: summary)
      try file.write(result.json(comparison, indents: true).utf8 + [0x0A])
      try file.commit()
    } catch { throw .file(error) }
  }
}
