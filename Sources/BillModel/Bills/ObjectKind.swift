/// The kinds of object that the API keeps.
package enum ObjectKind: String, CaseIterable, Hashable, Sendable {
  case customer, account, bill

  package init(_ party: PartyKind) {
    switch party {
    case .customer: self = .customer
    case .account: self = .account
    }
  }
}
