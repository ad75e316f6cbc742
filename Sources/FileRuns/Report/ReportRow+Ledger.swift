import BillIntake
import BillLedger
import BillModel
import BillReports

extension ReportRow {
  /// A row as it came; what the ledger holds of it isn't told yet.
  init(_ row: IntakeRow) {
    switch row {
    case .operation(let record, let line, let operation):
      self.init(record: record, line: line, operation: operation)
      self.operation = operation.kind
    case .rejected(let rejected):
      self.init(rejected)
      operation = rejected.kind
    }
  }

  /// A row that can't be read again: what the ledger holds of it, or the rule that rejected it.
  init(record: Int, state: RowState?, rejection: Finding?) {
    self.init(record: record, line: rejection?.line ?? 0, reference: "", outcome: .notSent)
    if let rejection {
      (outcome, code, field, message) = (.rejected, rejection.code, rejection.column, rejection.message)
    }
    guard let state else { return }
    apply(RowFate(record: record, state))
    switch state {
    case .intended(let intent, _): reference = intent.reference
    case .settled(let settlement): reference = settlement.reference
    case .unsent: break
    }
  }

  private init(record: Int, line: Int, operation: BillOperation) {
    let money = operation.money
    self.init(
      record: record, line: line, reference: operation.reference, outcome: .notSent, amount: money?.amount,
      currency: money?.currency)
  }

  private init(_ rejected: RejectedRow) {
    let reason = rejected.findings.first { $0.severity == .error }
    self.init(
      record: rejected.record, line: rejected.line, reference: rejected.reference ?? "", outcome: .rejected,
      code: reason?.code, field: reason?.column, message: reason?.message, amount: rejected.money?.amount,
      currency: rejected.money?.currency)
  }

  /// Tells what became of it; the ledger's word comes before our rules'.
  mutating func apply(_ fate: RowFate) {
    attempts = fate.attempts
    switch fate.stage {
    case .intended:
      outcome = .unknown
      (code, field) = (.apiUnknown, nil)
      message =
        "The request was sent, or was about to be, and what became of it is not known yet"
        + (fate.message.map { ": \($0)." } ?? ".")
    case .unsent:
      outcome = .notSent
    case .settled(let settled):
      outcome = settled
      (code, field, message, id) = (fate.code, fate.field, fate.message, fate.id)
    }
  }
}
