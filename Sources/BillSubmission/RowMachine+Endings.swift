import BillModel

extension RowMachine {
  /// What a row that changes something ends with. A refusal and a conflict have the API's codes unless `code` says more.
  func settlement(
    _ outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil, message: String? = nil, id: String? = nil,
    by confirmation: RowSettlement.Confirmation
  ) -> RowSettlement {
    RowSettlement(
      record: record, reference: operation.reference, claim: operation.claim, outcome: outcome,
      code: code ?? FindingCode(answering: outcome), field: field, message: message, billID: id, epoch: epoch,
      attempts: attempts, confirmedBy: confirmation)
  }

  /// Taking the row back to this epoch.
  func withdrawal(to epoch: Int) -> RowWithdrawal {
    RowWithdrawal(record: record, nextEpoch: epoch, attempts: attempts)
  }
}

extension FindingCode {
  /// What the API's answer is as a finding; `nil` where it is none.
  fileprivate init?(answering outcome: RowOutcome) {
    switch outcome {
    case .refused: self = .apiRefused
    case .conflict: self = .apiConflict
    case .created, .unchanged, .updated, .rejected, .skipped, .unknown, .notSent: return nil
    }
  }
}
