/// The place in a bill that a column fills: whose field it is, and which one.
package struct FieldPath: Hashable, Sendable {
  /// Whose field it is.
  package enum Owner: Hashable, Sendable {
    case bill
    /// The customer that the bill is raised on.
    case customer
    /// The account that the bill is raised on.
    case account
    /// The customer that the account hangs under.
    case accountCustomer
  }

  /// Which field of its owner.
  package enum Attribute: Hashable, Sendable {
    case operation, reference, currency, amountDue, amountPaid, paymentAmount, paymentReference, billDate, dueDate,
      name, email,
      phone, balance
    case metadata(key: String)
    /// The owner itself, by the id that the API gave it.
    case id

    /// Whether its value is money, in minor units.
    package var isMoney: Bool {
      switch self {
      case .amountDue, .amountPaid, .paymentAmount, .balance: true
      case .operation, .reference, .currency, .paymentReference, .billDate, .dueDate, .name, .email, .phone, .metadata,
        .id:
        false
      }
    }
  }

  package let owner: Owner
  package let attribute: Attribute

  /// The place that a field path of the schema names (`account.customer.email`); `nil` where a bill has none.
  package init?(_ path: String) {
    switch path {
    case "customer": (owner, attribute) = (.customer, .id)
    case "account": (owner, attribute) = (.account, .id)
    default:
      let (owner, rest) = Self.split(path)
      guard let attribute = Self.attribute(rest, of: owner) else { return nil }
      (self.owner, self.attribute) = (owner, attribute)
    }
  }

  /// The path as headings write it.
  package var description: String {
    attribute == .id ? String(prefix.dropLast()) : prefix + relativeName
  }

  /// The field's name within its owner: the same for a customer wherever it stands.
  package var relativeName: String {
    switch attribute {
    case .operation: "operation"
    case .reference: "external_reference"
    case .currency: "currency"
    case .amountDue: "amount_due"
    case .amountPaid: "amount_paid"
    case .paymentAmount: "payment_amount"
    case .paymentReference: "payment_reference"
    case .billDate: "bill_date"
    case .dueDate: "due_date"
    case .name: "name"
    case .email: "email"
    case .phone: "phone"
    case .balance: "balance"
    case .metadata(let key): "metadata.\(key)"
    case .id: "id"
    }
  }

  private var prefix: String {
    switch owner {
    case .bill: ""
    case .customer: "customer."
    case .account: "account."
    case .accountCustomer: "account.customer."
    }
  }

  private static func split(_ path: String) -> (Owner, Substring) {
    if let rest = path.suffix(after: "account.customer.") { return (.accountCustomer, rest) }
    if let rest = path.suffix(after: "account.") { return (.account, rest) }
    if let rest = path.suffix(after: "customer.") { return (.customer, rest) }
    return (.bill, path[...])
  }

  private static func attribute(_ name: Substring, of owner: Owner) -> Attribute? {
    if let key = name.suffix(after: "metadata.") { return .metadata(key: String(key)) }
    let isCustomer = owner == .customer || owner == .accountCustomer
    switch name {
    case "external_reference": return .reference
    case "currency": return .currency
    case "operation" where owner == .bill: return .operation
    case "amount_due" where owner == .bill: return .amountDue
    case "amount_paid" where owner == .bill: return .amountPaid
    case "payment_amount" where owner == .bill: return .paymentAmount
    case "payment_reference" where owner == .bill: return .paymentReference
    case "bill_date" where owner == .bill: return .billDate
    case "due_date" where owner == .bill: return .dueDate
    case "name" where owner != .bill: return .name
    case "balance" where owner != .bill: return .balance
    case "email" where isCustomer: return .email
    case "phone" where isCustomer: return .phone
    default: return nil
    }
  }
}

extension StringProtocol {
  /// What follows `prefix`, or `nil` where the text doesn't begin with it.
  fileprivate func suffix(after prefix: String) -> SubSequence? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
