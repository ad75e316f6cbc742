package import BillLedger
import BillModel
import BillReports

/// Which figures of a held file are far from the files before it.
package enum HeldFigures {
  /// In words; `nil` where it isn't held, or not for its figures.
  package static func words(of run: FileRun, in ledger: Ledger) throws(LedgerError) -> String? {
    guard run.isHeld, let figures = try ledger.figures(of: run.id) else { return nil }
    let history = try ledger.history(before: run, limit: GuardBounds().files)
    let lines = HistoryGuard().judge(figures, feed: run.feed, history: history).farLines
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }
}
