import BillModel

/// A party inside another object of an answer: an id or reference as a string, or an object.
struct RemoteParty: Decodable {
  var id: String?
  var reference: String?
  var customer: CustomerOfAccount?

  /// The customer inside an account inside a bill.
  struct CustomerOfAccount {
    var id: String?
    var reference: String?
  }

  private enum Key: String, CodingKey {
    case id, reference = "external_reference", customer, customerID = "customer_id"
  }

  init(id: String?, reference: String?) {
    self.id = id
    self.reference = reference
  }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = ObjectID.isAmbiguous(text) ? Self(id: text, reference: nil) : Self(id: nil, reference: text)
      return
    }
    let members = try decoder.container(keyedBy: Key.self)
    id = try members.decodeIfPresent(String.self, forKey: .id)
    reference = try members.decodeIfPresent(String.self, forKey: .reference)
    customer = try Self.customer(in: members)
  }

  private static func customer(in members: KeyedDecodingContainer<Key>) throws -> CustomerOfAccount? {
    guard let inner = try members.decodeIfPresent(RemoteParty.self, forKey: .customer) else {
      return try members.decodeIfPresent(String.self, forKey: .customerID).map { CustomerOfAccount(id: $0) }
    }
    return CustomerOfAccount(id: inner.id, reference: inner.reference)
  }
}
