import BillReports
import DurableFiles
import FileRuns
import ReportPages
import SubmitPass

/// The page that leads to all reports, made anew after a run.
enum ReportIndex {
  /// Writes it where one of the files has a report. The reports are durable by then: that it can't be written is told,
  /// and changes no exit code.
  static func renew(after answers: [FileAnswer], in reports: String) {
    let isReported = answers.contains { answer in
      if case .result(let result, _) = answer { result.summary.reportFolder != nil } else { false }
    }
    guard isReported, let trouble = renew(reports) else { return }
    Console.message("billdrop: \(trouble)")
  }

  /// Writes that of a folder of reports; what went wrong, or `nil`.
  static func renew(_ reports: String) -> String? {
    do throws(FileError) {
      try ReportShelf(path: reports).writeIndex(now: .now)
      return nil
    } catch {
      return "the reports' index.html was not written anew: \(error)"
    }
  }
}
