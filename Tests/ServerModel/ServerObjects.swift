/// A customer at the server.
package struct ServerCustomer: Hashable, Sendable {
  package var id: String
  package var reference: String
  package var name: String?
}

/// An account at the server.
package struct ServerAccount: Hashable, Sendable {
  package var id: String
  package var reference: String
  package var customerID: String
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
