import BillModel
import BillReports

/// How a file is called that is through, but for rows that somebody has to look at.
enum CompletionWords {
  /// Rows to mend come again in a mended file; what is there already and differs doesn't.
  static func words(of outcomes: [RowOutcome: Int]) -> String {
    if let nothing = outcomes.nothingThrough { return nothing }
    let toMend = [RowOutcome.rejected, .refused].contains { outcomes[$0, default: 0] > 0 }
    return toMend ? "complete, with rows to mend" : "complete, with rows in conflict"
  }
}
