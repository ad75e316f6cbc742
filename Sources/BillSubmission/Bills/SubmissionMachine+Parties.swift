import BillModel
import MomentAPI

extension SubmissionMachine {
  /// Whom the bill is raised on.
  var party: BillParty {
    guard case .raise(let bill) = operation else { preconditionFailure("the machine of a row that raises a bill") }
    return bill.party
  }

  /// The customer that the row describes, under its account or alone; `nil` where it gives ids.
  var customer: Customer? {
    switch bill.party {
    case .customer(let customer): customer
    case .account(let account): account.customer
    case .customerID, .accountID: nil
    }
  }

  /// The account that the row describes; `nil` where it has none, or gives its id.
  var account: Account? {
    switch bill.party {
    case .account(let account): account
    case .customer, .customerID, .accountID: nil
    }
  }

  /// Whether the row gives its customer or account by an id, which may be wrong.
  var rowGivesIDs: Bool {
    switch bill.party {
    case .customerID, .accountID: true
    case .customer, .account: false
    }
  }

  /// The key of the customer or account that the row describes. Only asked where it describes one: a party given by
  /// its id is never looked up.
  func partyKey(_ kind: PartyKind) -> PartyKey {
    switch kind {
    case .customer: PartyKey(.customer, customer?.reference ?? "")
    case .account: PartyKey(.account, account?.reference ?? "")
    }
  }

  /// The row's parties as far as these ids tell of them. The caller vouches that the account hangs under the row's
  /// customer.
  func known(customerID: String?, accountID: String?) -> [KnownParty] {
    let customerReference = party.customerReference
    let customer = customerID.flatMap { id in
      customerReference.map { KnownParty(key: PartyKey(.customer, $0), id: id) }
    }
    let account = accountID.flatMap { id in
      party.accountReference.map {
        KnownParty(key: PartyKey(.account, $0), id: id, customerReference: customerReference)
      }
    }
    if let customer, let account { return [customer, account] }
    return [customer, account].compactMap(\.self)
  }
}

extension PartyEvidence {
  /// What the ids in a body form tell of the row's parties.
  init(_ form: BodyForm) {
    switch form {
    case .nested, .change: self.init()
    case .accountUnder(let id), .customer(let id): self.init(customer: .id(id))
    case .account(let id): self.init(account: .id(id))
    }
  }
}
