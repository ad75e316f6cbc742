package import BillModel

/// Whether a bill at the API hangs on the party that a row names.
package enum PartyMatch: Hashable {
  case same
  /// Another party; the field that names it, as an API path.
  case different(String)
  /// Neither the answer nor what we know tells.
  case unknown

  /// Compares the party of a bill with a row's: by the reference that came with the bill, else by the id that
  /// `evidence` knows for it.
  package init(of remote: RemoteBill, with party: BillParty, evidence: PartyEvidence) {
    switch party {
    case .account(let account):
      self = Self.match(
        remote.accountID, remote.accountReference, account.reference, evidence.account,
        field: "account.external_reference")
    case .accountID(let id):
      self = remote.accountID == id ? .same : .different("account")
    case .customer(let customer):
      guard !remote.isOnAccount else {
        self = .different("customer.external_reference")
        return
      }
      self = Self.match(
        remote.customerID, remote.customerReference, customer.reference, evidence.customer,
        field: "customer.external_reference")
    case .customerID(let id):
      self = !remote.isOnAccount && remote.customerID == id ? .same : .different("customer")
    }
  }

  private static func match(
    _ id: String?, _ theirs: String?, _ ours: String, _ known: PartyEvidence.Knowledge, field: String
  ) -> Self {
    if let theirs { return theirs == ours ? .same : .different(field) }
    guard let id else { return .different(field) }
    return switch known {
    case .id(let expected): id == expected ? .same : .different(field)
    case .absent: .different(field)
    case .unknown: .unknown
    }
  }
}

extension RemoteBill {
  /// Whether it was raised on an account, and not on a customer.
  package var isOnAccount: Bool { accountID != nil || accountReference != nil }
}
