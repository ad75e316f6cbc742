package import BillModel

/// A customer as the API shows it. Only the id must be there.
package struct RemoteCustomer: Hashable, Sendable {
  /// `bcus_…`.
  package var id: String
  package var reference: String?
  package var name: String?
  package var email: String?
  package var phone: String?
  package var currency: CurrencyCode?
  /// Minor units; negative is a credit.
  package var balance: Int64?
  package var metadata: [String: String]

  package init(
    id: String, reference: String? = nil, name: String? = nil, email: String? = nil, phone: String? = nil,
    currency: CurrencyCode? = nil, balance: Int64? = nil, metadata: [String: String] = [:]
  ) {
    self.id = id
    self.reference = reference
    self.name = name
    self.email = email
    self.phone = phone
    self.currency = currency
    self.balance = balance
    self.metadata = metadata
  }
}

extension RemoteCustomer: Decodable {
  private enum Key: String, CodingKey {
    case id, reference = "external_reference", name, email, phone, currency, balance, metadata
  }

  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    self.init(
      id: try members.decode(String.self, forKey: .id),
      reference: try members.decodeIfPresent(String.self, forKey: .reference),
      name: try members.decodeIfPresent(String.self, forKey: .name),
      email: try members.decodeIfPresent(String.self, forKey: .email),
      phone: try members.decodeIfPresent(String.self, forKey: .phone),
      currency: try members.decodeIfPresent(String.self, forKey: .currency).flatMap { CurrencyCode($0) },
      balance: try members.decodeIfPresent(Int64.self, forKey: .balance),
      metadata: try members.decodeIfPresent(RemoteMetadata.self, forKey: .metadata)?.values ?? [:])
  }
}
