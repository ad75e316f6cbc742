/// Whom a bill was raised on, as its row named it.
package struct RowParty: Hashable, Sendable {
  package var kind: PartyKind
  /// The merchant's reference, or the API's id.
  package var name: String
  package var isID: Bool

  package init(kind: PartyKind, name: String, isID: Bool) {
    self.kind = kind
    self.name = name
    self.isID = isID
  }

  package init(_ party: BillParty) {
    switch party {
    case .customer(let customer): self.init(kind: .customer, name: customer.reference, isID: false)
    case .customerID(let id): self.init(kind: .customer, name: id, isID: true)
    case .account(let account): self.init(kind: .account, name: account.reference, isID: false)
    case .accountID(let id): self.init(kind: .account, name: id, isID: true)
    }
  }

  /// From the word of a kind; `nil` where it is none.
  init?(kind word: String, name: String) {
    switch word {
    case "customer": self.init(kind: .customer, name: name, isID: false)
    case "customer-id": self.init(kind: .customer, name: name, isID: true)
    case "account": self.init(kind: .account, name: name, isID: false)
    case "account-id": self.init(kind: .account, name: name, isID: true)
    default: return nil
    }
  }

  /// The word of its kind.
  var word: String { (kind == .account ? "account" : "customer") + (isID ? "-id" : "") }
}
