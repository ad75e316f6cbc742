import BillIntake
import BillModel
import BillReports

extension FileCheck {
  /// A summary of this file, with the verdict that its findings and the accounting's outcomes give.
  func summary(command: String, accounting: Accounting, startedAt: WallTime) -> Summary {
    var summary = Summary(
      command: command, verdict: verdict(accounting), reason: fileFinding.map { "\($0.message) \($0.hint)" },
      fileName: fileName, byteCount: byteCount, digest: digest, recordsValid: valid, recordsInvalid: invalid,
      accounting: accounting, findings: findingCounts, startedAt: startedAt, seconds: 0)
    summary.operation = order.operation
    return summary
  }

  private func verdict(_ accounting: Accounting) -> Verdict {
    if fileFinding != nil { return .fileRejected }
    let no: [RowOutcome] = [.rejected, .refused, .conflict]
    return no.contains { (accounting.outcomes[$0] ?? 0) > 0 } ? .completeWithRejects : .complete
  }
}
