package import BillIntake
import BillLedger
import BillModel
import BillReports
import DurableFiles
import ReportPages
import SubmitPass

/// Writing a report again from what the ledger holds; nothing is sent.
extension FileSubmission {
  /// Writes the report of a file that was submitted again, in place of the one that is there.
  ///
  /// - Parameter unmasked: Beside it a page that shows rows as they are.
  package func rebuild(_ input: IntakeInput, unmasked: Bool) throws(RunFault) -> FileResult {
    let (fileRun, check) = try submitted(input, rewritesReport: true)
    givesUpReport = true
    return try report(fileRun.id, check, .nothingSent, Stopwatch(), rewrites: true, unmasked: unmasked)
  }

  /// What the last files of its kind asked for, as their reports in the same folder say.
  func earlierAmounts(_ summary: Summary) -> [CurrencyCode: [AmountHistogram]] {
    ReportShelf(path: settings.reports).earlierAmounts(
      of: summary.fileName, feed: summary.feed, before: summary.startedAt)
  }

  func writeUnmasked(
    _ check: FileCheck, _ summary: Summary, _ pass: borrowing ReportPass, in folder: ReportFolder
  ) throws(RunFault) {
    let groups = try check.groups(
      summary.findings, answers: pass.answerExamples, most: FindingGroup.shownOnPage, unmasked: true
    ) { interrupts() < 2 }
    var material = PageMaterial(groups, [], facts: facts(check))
    material.earlierAmounts = earlierAmounts(summary)
    material.isUnmasked = true
    material.fileNames = ["rows.csv", "issues.csv"]
    do throws(FileError) {
      let file = try AtomicFile(path: "\(folder.path)/\(ReportWriter.unmaskedName)")
      try file.write(ReportPage(summary, material).utf8)
      try file.commit()
    } catch { throw .file(error) }
  }
}
