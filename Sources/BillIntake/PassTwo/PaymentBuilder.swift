import BillLayouts
import BillModel

/// Makes of a row the payment that it tells of.
struct PaymentBuilder: Sendable {
  private let plan: RowPlan
  private let paymentReference: Int?
  private let metadata: MetadataColumns

  init(plan: RowPlan) {
    self.plan = plan
    paymentReference = plan.column(.bill, .paymentReference)
    metadata = MetadataColumns(.bill, in: plan)
  }

  /// The payment, or `nil` where the row lacks what every payment has.
  func payment(_ cells: RowCells) -> Payment? {
    guard let bill = cells.text(plan.reference), let money = plan.money(cells) else { return nil }
    let meaning: Payment.Meaning
    switch plan.operation {
    case .paymentAdded:
      guard let reference = cells.text(paymentReference) else { return nil }
      meaning = .added(reference: reference)
    default: meaning = .total
    }
    return Payment(
      bill: bill, currency: money.currency, amount: money.amount, meaning: meaning, metadata: metadata.values(cells))
  }
}
