/// What is known of the ids of the parties that a row names, from the ledger or from a GET by reference.
package struct PartyEvidence: Hashable, Sendable {
  /// What is known of one party.
  package enum Knowledge: Hashable, Sendable {
    /// Nobody looked.
    case unknown
    /// It exists, under this id.
    case id(String)
    /// A GET in this run didn't find it.
    case absent
  }

  package var customer: Knowledge
  package var account: Knowledge

  package init(customer: Knowledge = .unknown, account: Knowledge = .unknown) {
    self.customer = customer
    self.account = account
  }
}
