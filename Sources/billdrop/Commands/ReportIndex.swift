import BillReports
import DurableFiles
import ReportPages
import RunPipeline

/// The page that leads to all reports, made anew after a run.
enum ReportIndex {
  /// Writes it where one of the files has a report. The reports are durable by then: that it can't be written is told,
  /// and changes no exit code.
  static func renew(after answers: [FileAnswer], in reports: String) {
    let isReported = answers.contains { answer in
      if case .result(let result, _) = answer { result.summary.reportFolder != nil } else { false }
    }
    if isReported { renew(in: reports) }
  }

  /// The same for the feeds whose files have a report.
  static func renew(after outcomes: [RunOutcome], _ configuration: Configuration) {
    let feeds = Set(outcomes.filter { $0.summary?.reportFolder != nil }.map(\.feed))
    let folders = Set(configuration.feeds.filter { feeds.contains($0.name) }.map(\.reports))
    for folder in folders.sorted() { renew(in: folder) }
  }

  private static func renew(in reports: String) {
    do throws(FileError) { try ReportShelf(path: reports).writeIndex(now: .now) } catch {
      Console.message("billdrop: the reports' index.html was not written anew: \(error)")
    }
  }
}
