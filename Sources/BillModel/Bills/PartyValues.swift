/// A customer or an account, and the values that it is to have. What is absent stays as it is at the API.
package struct PartyValues: Hashable, Sendable {
  package var key: PartyKey
  package var name: String?
  package var email: String?
  /// E.164.
  package var phone: String?
  package var currency: CurrencyCode?
  /// Minor units of `currency`; negative is a credit.
  package var balance: Int64?
  package var metadata: Metadata
  /// Whose an account is; `nil` for a customer, and where the row doesn't say: the account must exist then.
  package var owner: Customer?

  package init(
    key: PartyKey, name: String? = nil, email: String? = nil, phone: String? = nil, currency: CurrencyCode? = nil,
    balance: Int64? = nil, metadata: Metadata = Metadata(), owner: Customer? = nil
  ) {
    self.key = key
    self.name = name
    self.email = email
    self.phone = phone
    self.currency = currency
    self.balance = balance
    self.metadata = metadata
    self.owner = owner
  }
}
