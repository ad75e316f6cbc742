/// What a row asks for. Indirect, since it is handed on far more often than it is looked into.
package indirect enum BillOperation: Hashable, Sendable {
  /// Raise a bill, with the customer and account that it needs.
  case raise(Bill)
  /// Give a customer or an account these values; create it where there is none.
  case set(PartyValues)
  /// Note what was paid on a bill elsewhere.
  case pay(Payment)
  /// Void a bill.
  case void(VoidedBill)

  /// The external reference of the object that the operation is about.
  package var reference: String {
    switch self {
    case .raise(let bill): bill.reference
    case .set(let values): values.key.reference
    case .pay(let payment): payment.bill
    case .void(let bill): bill.reference
    }
  }

  /// The bill that it raises; `nil` where it is about something that is there.
  package var bill: Bill? {
    switch self {
    case .raise(let bill): bill
    case .set, .pay, .void: nil
    }
  }

  /// What is claimed of that reference.
  package var claim: RowClaim {
    switch self {
    case .raise: .newBill
    case .set(let values): .change(of: ObjectKind(values.key.kind), setsBalance: values.balance != nil)
    case .pay, .void: .change(of: .bill, setsBalance: false)
    }
  }

  /// What rows of one file must be about one after the other; `nil` where a file has one row at most of it.
  package var lane: String? {
    switch self {
    case .pay(let payment): payment.bill
    case .raise, .set, .void: nil
    }
  }

  /// The money that the row is about, in minor units; `nil` where it is about none.
  package var money: (amount: Int64, currency: CurrencyCode)? {
    switch self {
    case .raise(let bill): (bill.amountDue, bill.currency)
    case .set(let values): values.balance.flatMap { balance in values.currency.map { (balance, $0) } }
    case .pay(let payment): (payment.amount, payment.currency)
    case .void: nil
    }
  }

  /// The parties that a bill's row describes. Those named by id aren't; nor is a party that the row is about.
  package var describedParties: [PartyDescription] {
    switch self {
    case .raise(let bill): bill.describedParties
    case .set, .pay, .void: []
    }
  }
}
