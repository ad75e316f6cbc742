import BillModel
import BillReports

extension ReportRow {
  /// The finding that the API's answer to this row makes; `nil` for rows that went well or that our rules rejected.
  func answerFinding(_ operation: OperationKind) -> Finding? {
    guard let code, let hint = hint(operation) else { return nil }
    return Finding(
      code: code, record: record, line: line, column: field, message: message ?? "The API said no.", hint: hint)
  }

  private func hint(_ operation: OperationKind) -> String? {
    switch outcome {
    case .refused where code == .correctVoidedNotRaised:
      "Run the same command again once the cause is mended: it raises the bill in its place."
    case .refused:
      "Mend the row (it is in the report's file rejected) and submit that file; or --retry refused, if the cause is mended."
    case .conflict where code == .balanceNewerFile: "Nothing is to be done: the newer file's balance stands."
    case .conflict where operation == .bill:
      "Compare both; a bill that must change is voided and raised again under another reference."
    case .conflict: "Compare both, and change what is wrong."
    case .unknown: "Run the same command again: it finds out what became of the request."
    case .created, .unchanged, .updated, .rejected, .skipped, .notSent: nil
    }
  }
}
