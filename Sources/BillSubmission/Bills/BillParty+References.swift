import BillModel

extension BillParty {
  /// The reference of the customer that it describes, alone or under its account; `nil` where it gives an id.
  var customerReference: String? {
    switch self {
    case .customer(let customer): customer.reference
    case .account(let account): account.customer.reference
    case .customerID, .accountID: nil
    }
  }

  /// The reference of the account that it describes; `nil` where it has none, or gives an id.
  var accountReference: String? {
    switch self {
    case .account(let account): account.reference
    case .customer, .customerID, .accountID: nil
    }
  }
}
