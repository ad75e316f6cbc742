import BillModel
import BillReports

extension ReportRow {
  /// The finding that the API's answer to this row makes; `nil` for rows that went well or that our rules rejected.
  func answerFinding(_ operation: OperationKind) -> Finding? {
    guard let code, let hint = hint(operation) else { return nil }
    return Finding(
      code: code, severity: outcome.isAccepted ? .warning : .error, record: record, line: line, column: field,
      message: message ?? "The API said no.", hint: hint)
  }

  private func hint(_ operation: OperationKind) -> String? {
    switch outcome {
    case .refused where code == .correctVoidedNotRaised:
      "Run the same command again once the cause is mended: it raises the bill in its place."
    case .refused:
      "Mend the row (it is in the report's file rejected) and submit that file; or --retry refused, if the cause is mended."
    case .conflict where code == .correctVoidUnclear:
      "Find out whether somebody else has voided it; where nobody has, a bill's row for the next reference raises it."
    case .conflict where code == .balanceNewerFile && field == OperationKind.bill.amountPath:
      "Where the newer file's balance leaves it out, send it in a file of a later date; else nothing is to be done."
    case .conflict where code == .balanceNewerFile: "Nothing is to be done: the newer file's balance stands."
    case .conflict where code == .balanceTakenBack || code == .paymentTakenBack:
      "Compare the sum with your own figures and set it right; then --retry refused --other-marks add sends the row."
    case .conflict where code == .balanceUnknownMark || code == .paymentUnknownMark:
      "Use the ledger that sent it; if there is none any more, compare, then --retry refused --other-marks add sends the row."
    case .conflict where code == .balanceMarkMissing || code == .paymentMarkMissing:
      "Compare the sum with your own figures; then --retry refused --other-marks add sends the row to what is shown."
    case .conflict where (self.operation ?? operation).isOfSum:
      "Compare what the API shows with your own figures; what is right then goes in a new file."
    case .conflict where isOfPartyAlone(operation):
      "No bill was raised. Correct the customer in the row, or the account at Moment, and send the row in a new file."
    case .conflict where operation == .bill:
      "Compare both; a bill that must change is voided and raised again under another reference."
    case .conflict: "Compare both, and change what is wrong."
    case .unknown: "Run the same command again: it finds out what became of the request."
    case .created, .unchanged, .updated:
      switch code {
      case .balanceTakenBack, .paymentTakenBack:
        "It is put right; look for a payment of somebody else's that came between the two."
      case .balanceUnknownMark, .paymentUnknownMark: "It was not added again: compare the sum with your own figures."
      case .balanceMarkMissing, .paymentMarkMissing: "Find out who changes it there, and compare its sum."
      default: nil
      }
    case .rejected, .skipped, .notSent: nil
    }
  }
}

extension ReportRow {
  /// Whether a bill's account stands in its way: there is no bill of it to compare.
  fileprivate func isOfPartyAlone(_ operation: OperationKind) -> Bool {
    (self.operation ?? operation) == .bill && id == nil && field == "account.customer.external_reference"
  }
}

extension OperationKind {
  /// Whether rows of it are about a balance, or what was paid on a bill.
  fileprivate var isOfSum: Bool {
    switch self {
    case .customerBalance, .accountBalance, .payment, .paymentAdded: true
    case .bill, .customer, .account, .void, .correct, .mixed: false
    }
  }
}

extension RowOutcome {
  fileprivate var isAccepted: Bool { [.created, .unchanged, .updated].contains(self) }
}
