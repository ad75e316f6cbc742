import BillLedger
import BillReports
import DurableFiles
import FileRuns
import ReportPages
import RunPipeline
import SubmitPass

/// The page that leads to all reports, made anew after a run.
enum ReportIndex {
  /// Writes it where one of the files has a report. The reports are durable by then: that it can't be written is told,
  /// and changes no exit code.
  ///
  /// - Parameter ledger: Knows which of the files that were submitted by name have rows to look at; where there is one.
  static func renew(after answers: [FileAnswer], in reports: String, ledger path: String? = nil) {
    let isReported = answers.contains { answer in
      if case .result(let result, _) = answer { result.summary.reportFolder != nil } else { false }
    }
    guard isReported else { return }
    if let path { keepStanding(ofLedger: path, in: reports) }
    if let trouble = renew(reports) { Console.message("billdrop: \(trouble)") }
  }

  /// Keeps beside the reports how files stand that were submitted by name.
  private static func keepStanding(ofLedger path: String, in reports: String) {
    do throws(LedgerError) {
      let standing = try FeedStanding(filesByNameIn: Ledger(observing: path), now: .now)
      do throws(FileError) { _ = try ReportShelf(path: reports).keep([standing], now: .now) } catch {
        Console.message("billdrop: how the files stand can't be kept beside the reports: \(error)")
      }
    } catch {
      Console.message("billdrop: how the files stand can't be kept beside the reports: \(error)")
    }
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
