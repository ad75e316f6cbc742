/// What a row asks for.
package enum BillOperation: Hashable, Sendable {
  /// Raise a bill, with the customer and account that it needs.
  case raise(Bill)
  /// Give a customer or an account these values; create it where there is none.
  case set(PartyValues)

  /// The external reference of the object that the operation is about.
  package var reference: String {
    switch self {
    case .raise(let bill): bill.reference
    case .set(let values): values.key.reference
    }
  }

  /// The bill that it raises; `nil` where it is about a party.
  package var bill: Bill? {
    switch self {
    case .raise(let bill): bill
    case .set: nil
    }
  }

  /// What is claimed of that reference.
  package var claim: RowClaim {
    switch self {
    case .raise: .newBill
    case .set(let values): .change(of: ObjectKind(values.key.kind), setsBalance: values.balance != nil)
    }
  }

  /// The money that the row is about, in minor units; `nil` where it is about none.
  package var money: (amount: Int64, currency: CurrencyCode)? {
    switch self {
    case .raise(let bill): (bill.amountDue, bill.currency)
    case .set(let values): values.balance.flatMap { balance in values.currency.map { (balance, $0) } }
    }
  }

  /// The parties that a bill's row describes. Those named by id aren't; nor is a party that the row is about.
  package var describedParties: [PartyDescription] {
    switch self {
    case .raise(let bill): bill.describedParties
    case .set: []
    }
  }
}
