package import BillModel

/// A row that asks for nothing, by a rule of its layout: it has its end at once.
package struct SkipMachine: RowMachine, Hashable {
  package let record: Int
  package let bill: SkippedBill
  package let origin: SubmissionOrigin
  package let epoch: Int
  package let form = BodyForm.change
  package let attempt = 0
  package let attempts = 0
  package let doubt: SendDoubt? = nil
  package let withdrawal: RowWithdrawal? = nil
  private var hasEnded = false

  package init(record: Int, bill: SkippedBill, origin: SubmissionOrigin) {
    self.record = record
    self.bill = bill
    self.origin = origin
    if case .fresh(let first, _) = origin { epoch = first } else { epoch = 1 }
  }

  package var operation: BillOperation { .skip(bill) }
  package var sent: BillOperation { operation }

  package mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep {
    guard event == .begin, !hasEnded else { return SubmissionStep(.none) }
    hasEnded = true
    let rule = bill.amount == 0 ? "zero_bills" : "negative_bills"
    return SubmissionStep(
      .settle(
        settlement(
          .skipped, code: .amountSkipped, field: "amount_due",
          message: "a bill of \(MoneyText.major(bill.amount, bill.currency)) \(bill.currency) is not raised, by the "
            + "layout's \(rule)", by: .lookup)))
  }
}
