import BillIntake
import BillModel
import BillReports

extension ReportRow {
  /// A row as it came, joined with what the ledger holds of it; the ledger's word comes before our rules'.
  init(_ row: IntakeRow, state: RowState?) {
    switch row {
    case .operation(let record, let line, let operation):
      self.init(record: record, line: line, operation: operation)
    case .rejected(let rejected):
      self.init(rejected)
    }
    if let state { apply(state) }
  }

  /// A row that can't be read again: what the ledger holds of it, or the rule that rejected it.
  init(record: Int, state: RowState?, rejection: Finding?) {
    self.init(record: record, line: rejection?.line ?? 0, reference: "", outcome: .notSent)
    if let rejection {
      (outcome, code, field, message) = (.rejected, rejection.code, rejection.column, rejection.message)
    }
    guard let state else { return }
    apply(state)
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

  private mutating func apply(_ state: RowState) {
    switch state {
    case .intended(let intent, _):
      outcome = .unknown
      code = .apiUnknown
      field = nil
      message = "The request was sent, and what became of it is not known yet."
      attempts = intent.attempts
    case .unsent(_, let sofar):
      outcome = .notSent
      attempts = sofar
    case .settled(let settlement):
      outcome = settlement.outcome
      code = settlement.code
      field = settlement.field
      message = settlement.message
      id = settlement.billID
      attempts = settlement.attempts
    }
  }
}
