import BillReports
import DurableFiles
import PartMerging
import SubmitPass

/// Joins the reports of parts; the accounting is proved before anything is said.
package struct MergeRun: Sendable {
  private let paths: [String]
  private let name: String
  private let expected: Int?
  private let reports: String?

  /// - Parameters:
  ///   - paths: folders of reports, or of folders of reports.
  ///   - name: what the whole is called.
  ///   - expected: how many parts there must be; `nil`: as many as there are.
  ///   - reports: the folder of all reports; `nil` writes none.
  package init(paths: [String], name: String, expected: Int?, reports: String?) {
    (self.paths, self.name, self.expected, self.reports) = (paths, name, expected, reports)
  }

  /// - Parameter isInterrupted: Asked now and then; where it says so, no report is written.
  package func run(isInterrupted: () -> Bool = { false }) throws(RunFault) -> FileResult {
    let started = Stopwatch()
    let report: MergedReport
    do throws(PartFault) {
      let merge = try PartsMerge(try PartReport.find(paths), name: name, expected: expected)
      report = try merge.run(reports: reports, startedAt: started.wallTime, isInterrupted: isInterrupted)
    } catch {
      if case .interrupted = error { throw .interrupted }
      throw .parts(error)
    }
    let discrepancies = report.summary?.accounting.discrepancies ?? ["nothing was compared"]
    guard discrepancies.isEmpty else { throw .accounting(discrepancies) }
    do throws(FileError) { try report.finish(seconds: started.seconds) } catch { throw .file(error) }
    guard let summary = report.summary else { throw .accounting(["nothing was compared"]) }
    return FileResult(summary: summary, groups: [])
  }
}
