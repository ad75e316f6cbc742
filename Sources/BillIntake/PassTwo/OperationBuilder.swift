import BillLayouts
import BillModel

/// Makes of a row that keeps the rules what it asks for.
indirect enum OperationBuilder: Sendable {
  /// By the operation that each row names.
  case mixed(RowPlan, [OperationBuilder])
  case bill(BillBuilder)
  case correction(BillBuilder, CorrectionSeries)
  case party(PartyValuesBuilder)
  case payment(PaymentBuilder)
  case void(reference: Int?, CorrectionSeries)

  init(plan: RowPlan) {
    switch plan.operation {
    case .bill: self = .bill(BillBuilder(plan: plan))
    case .correct: self = .correction(BillBuilder(plan: plan), plan.rules.corrections)
    case .customer, .customerBalance: self = .party(PartyValuesBuilder(.customer, plan: plan))
    case .account, .accountBalance: self = .party(PartyValuesBuilder(.account, plan: plan))
    case .payment, .paymentAdded: self = .payment(PaymentBuilder(plan: plan))
    case .void: self = .void(reference: plan.reference, plan.rules.corrections)
    case .mixed: self = .mixed(plan, plan.variants.map { OperationBuilder(plan: $0) })
    }
  }

  /// The operation, or `nil` where the row lacks what every such operation has.
  func operation(_ cells: RowCells) -> BillOperation? {
    switch self {
    case .mixed(let plan, let builders): plan.variant(cells).flatMap { builders[$0].operation(cells) }
    case .bill(let builder): builder.operation(cells)
    case .correction(let builder, let series):
      builder.bill(cells).map { .correct(Correction(bill: $0, series: series)) }
    case .party(let builder): builder.values(cells).map { .set($0) }
    case .payment(let builder): builder.payment(cells).map { .pay($0) }
    case .void(let reference, let series):
      cells.text(reference).map { .void(VoidedBill(reference: $0, series: series)) }
    }
  }
}
