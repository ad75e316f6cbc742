/// A customer as a row describes it. An absent attribute is `nil` and isn't sent.
package struct Customer: Hashable, Sendable {
  /// The merchant's reference, unique among customers.
  package var reference: String
  package var name: String?
  package var email: String?
  /// E.164.
  package var phone: String?
  package var currency: CurrencyCode?
  /// Minor units; negative is a credit.
  package var balance: Int64?
  package var metadata: Metadata

  package init(
    reference: String, name: String? = nil, email: String? = nil, phone: String? = nil,
    currency: CurrencyCode? = nil, balance: Int64? = nil, metadata: Metadata = Metadata()
  ) {
    self.reference = reference
    self.name = name
    self.email = email
    self.phone = phone
    self.currency = currency
    self.balance = balance
    self.metadata = metadata
  }

  /// Takes over what another description has and this one leaves empty.
  package mutating func fill(from other: Customer) {
    name = name ?? other.name
    email = email ?? other.email
    phone = phone ?? other.phone
    currency = currency ?? other.currency
    balance = balance ?? other.balance
    metadata.fill(from: other.metadata)
  }
}
