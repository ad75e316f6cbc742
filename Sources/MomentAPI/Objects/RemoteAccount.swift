package import BillModel

/// An account as the API shows it. Only the id must be there.
package struct RemoteAccount: Hashable, Sendable {
  /// `bacc_…`.
  package var id: String
  package var reference: String?
  /// The customer that it hangs under, `bcus_…`.
  package var customerID: String?
  /// The customer's reference, where the answer nests it.
  package var customerReference: String?
  package var name: String?
  package var currency: CurrencyCode?
  /// Minor units; negative is a credit.
  package var balance: Int64?
  package var metadata: [String: String]

  package init(
    id: String, reference: String? = nil, customerID: String? = nil, customerReference: String? = nil,
    name: String? = nil, currency: CurrencyCode? = nil, balance: Int64? = nil, metadata: [String: String] = [:]
  ) {
    self.id = id
    self.reference = reference
    self.customerID = customerID
    self.customerReference = customerReference
    self.name = name
    self.currency = currency
    self.balance = balance
    self.metadata = metadata
  }
}

extension RemoteAccount: Decodable {
  private enum Key: String, CodingKey {
    case id, reference = "external_reference", customerID = "customer_id", customer, name, currency, balance, metadata
  }

  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    let customer = try members.decodeIfPresent(RemoteParty.self, forKey: .customer)
    self.init(
      id: try members.decode(String.self, forKey: .id),
      reference: try members.decodeIfPresent(String.self, forKey: .reference),
      customerID: try members.decodeIfPresent(String.self, forKey: .customerID) ?? customer?.id,
      customerReference: customer?.reference,
      name: try members.decodeIfPresent(String.self, forKey: .name),
      currency: try members.decodeIfPresent(String.self, forKey: .currency).flatMap { CurrencyCode($0) },
      balance: try members.decodeIfPresent(Int64.self, forKey: .balance),
      metadata: try members.decodeIfPresent(RemoteMetadata.self, forKey: .metadata)?.values ?? [:])
  }
}
