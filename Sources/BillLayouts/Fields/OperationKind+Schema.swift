package import BillModel
import Schemas

extension OperationKind {
  /// The JSON Schema of a row that asks for this, from which all rules of its fields come. UTF-8.
  package var rowSchema: [UInt8] {
    switch self {
    case .bill: Schemas.billRow
    case .customer: Schemas.customerRow
    case .account: Schemas.accountRow
    case .customerBalance: Schemas.customerBalanceRow
    case .accountBalance: Schemas.accountBalanceRow
    case .payment: Schemas.paymentRow
    case .paymentAdded: Schemas.paymentAddedRow
    case .void: Schemas.voidRow
    case .correct: Schemas.correctRow
    case .mixed: Schemas.anyRow
    }
  }
}
