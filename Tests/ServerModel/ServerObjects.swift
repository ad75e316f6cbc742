/// What a customer or an account has beside its reference.
package struct ServerAttributes: Hashable, Sendable {
  package var name: String?
  package var currency: String?
  /// Minor units.
  package var balance: Int64 = 0
  package var metadata: [String: String] = [:]

  package init(name: String? = nil) { self.name = name }

  /// As a body describes them.
  init(_ body: JSON) { set(body) }

  /// Takes over what a body gives, and leaves the rest.
  mutating func set(_ body: JSON) {
    name = body["name"]?.text ?? name
    currency = body["currency"]?.text ?? currency
    balance = body["balance"]?.number ?? balance
    if case .object(let pairs) = body["metadata"] { metadata.merge(pairs.compactMapValues(\.text)) { $1 } }
  }

  /// As the members of an answer.
  var members: [String: JSON] {
    var members: [String: JSON] = [
      "balance": .integer(balance), "metadata": .object(metadata.mapValues { .string($0) }),
    ]
    members["name"] = name.map { .string($0) }
    members["currency"] = currency.map { .string($0) }
    return members
  }
}

/// A customer at the server.
package struct ServerCustomer: Hashable, Sendable {
  package var id: String
  package var reference: String
  package var attributes = ServerAttributes()
  /// The key of the request that made it; `nil` where somebody else did.
  package var key: String?
}

/// An account at the server.
package struct ServerAccount: Hashable, Sendable {
  package var id: String
  package var reference: String
  package var customerID: String
  package var attributes = ServerAttributes()
  /// The key of the request that made it; `nil` where somebody else did.
  package var key: String?
}

/// A bill at the server.
package struct ServerBill: Hashable, Sendable {
  package var id: String
  package var reference: String
  package var currency: String
  package var amountDue: Int64
  package var billDate: String?
  package var dueDate: String?
  package var customerID: String
  package var accountID: String?
  package var metadata: [String: String]
  package var status = "unpaid"
  package var amountPaid: Int64 = 0
  /// The key of the request that voided it; `nil` where none did, or somebody else.
  package var voidedBy: String?
  /// The key of the request that made it; `nil` where somebody else did.
  package var key: String?

  /// A bill that the server hasn't given an id yet.
  package init(
    reference: String, currency: String, amountDue: Int64, billDate: String? = nil, dueDate: String? = nil,
    customerID: String, accountID: String?, metadata: [String: String] = [:], key: String? = nil
  ) {
    id = ""
    self.reference = reference
    self.currency = currency
    self.amountDue = amountDue
    self.billDate = billDate
    self.dueDate = dueDate
    self.customerID = customerID
    self.accountID = accountID
    self.metadata = metadata
    self.key = key
  }
}
