/// An object as the API shows it. Indirect, since answers are handed on far more often than they are looked into.
package indirect enum RemoteObject: Hashable, Sendable {
  case bill(RemoteBill)
  case account(RemoteAccount)
  case customer(RemoteCustomer)

  /// `bill_…`, `bacc_…` or `bcus_…`.
  package var id: String {
    switch self {
    case .bill(let bill): bill.id
    case .account(let account): account.id
    case .customer(let customer): customer.id
    }
  }

  /// The merchant's reference; `nil` where the object came without.
  package var reference: String? {
    switch self {
    case .bill(let bill): bill.reference
    case .account(let account): account.reference
    case .customer(let customer): customer.reference
    }
  }
  /// Minor units; `nil` of a bill, and where it isn't shown.
  package var balance: Int64? {
    switch self {
    case .customer(let customer): customer.balance
    case .account(let account): account.balance
    case .bill: nil
    }
  }
}
