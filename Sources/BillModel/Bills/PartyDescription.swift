/// A customer or an account as a row describes it.
package enum PartyDescription: Hashable, Sendable {
  case customer(Customer)
  case account(Account)

  package var key: PartyKey {
    switch self {
    case .customer(let customer): PartyKey(.customer, customer.reference)
    case .account(let account): PartyKey(.account, account.reference)
    }
  }
}

extension Bill {
  /// The parties that the row describes: a customer, or an account and its customer. Those named by id aren't.
  package var describedParties: [PartyDescription] {
    switch party {
    case .customer(let customer): [.customer(customer)]
    case .account(let account): [.customer(account.customer), .account(account)]
    case .customerID, .accountID: []
    }
  }
}
