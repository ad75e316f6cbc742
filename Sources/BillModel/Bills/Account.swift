/// An account as a row describes it, with the customer that it hangs under.
package struct Account: Hashable, Sendable {
  /// The merchant's reference, unique among accounts.
  package var reference: String
  package var name: String?
  package var currency: CurrencyCode?
  /// Minor units; negative is a credit.
  package var balance: Int64?
  package var metadata: Metadata
  package var customer: Customer

  package init(
    reference: String, name: String? = nil, currency: CurrencyCode? = nil, balance: Int64? = nil,
    metadata: Metadata = Metadata(), customer: Customer
  ) {
    self.reference = reference
    self.name = name
    self.currency = currency
    self.balance = balance
    self.metadata = metadata
    self.customer = customer
  }

  /// Takes over what another description has and this one leaves empty; of its customer nothing.
  package mutating func fill(from other: Account) {
    name = name ?? other.name
    currency = currency ?? other.currency
    balance = balance ?? other.balance
    metadata.fill(from: other.metadata)
  }
}
