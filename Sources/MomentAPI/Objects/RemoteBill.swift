package import BillModel

/// A bill as the API shows it. Only the id must be there; what a check needs and doesn't find makes it fail.
package struct RemoteBill: Hashable, Sendable {
  /// Where a bill stands.
  package enum Status: Hashable, Sendable {
    case unpaid, paid, voided
    /// A status that the documentation doesn't know, fit to be shown.
    case other(String)

    package init(_ text: String) {
      switch text {
      case "unpaid": self = .unpaid
      case "paid": self = .paid
      case "voided": self = .voided
      default: self = .other(SanitisedText(text, limit: 40).text)
      }
    }
  }

  /// `bill_…`.
  package var id: String
  package var reference: String?
  package var currency: CurrencyCode?
  /// Minor units, as are the other amounts.
  package var amountDue: Int64?
  package var amountPaid: Int64?
  package var amountRemaining: Int64?
  package var billDate: CivilDate?
  package var dueDate: CivilDate?
  package var status: Status?
  /// `bcus_…`.
  package var customerID: String?
  /// `bacc_…`; absent for a bill that was raised on a customer.
  package var accountID: String?
  /// The parties' references, where the answer nests them.
  package var customerReference: String?
  package var accountReference: String?
  package var metadata: [String: String]
  /// Whether payment rules came with it: without, the bill can't be paid against.
  package var hasPaymentRules: Bool
  /// Whether these rules say that more may be paid than is due.
  package var allowsOverpayment: Bool

  package init(
    id: String, reference: String? = nil, currency: CurrencyCode? = nil, amountDue: Int64? = nil,
    amountPaid: Int64? = nil, amountRemaining: Int64? = nil, billDate: CivilDate? = nil, dueDate: CivilDate? = nil,
    status: Status? = nil, customerID: String? = nil, accountID: String? = nil, customerReference: String? = nil,
    accountReference: String? = nil, metadata: [String: String] = [:], hasPaymentRules: Bool = false,
    allowsOverpayment: Bool = false
  ) {
    self.id = id
    self.reference = reference
    self.currency = currency
    self.amountDue = amountDue
    self.amountPaid = amountPaid
    self.amountRemaining = amountRemaining
    self.billDate = billDate
    self.dueDate = dueDate
    self.status = status
    self.customerID = customerID
    self.accountID = accountID
    self.customerReference = customerReference
    self.accountReference = accountReference
    self.metadata = metadata
    self.hasPaymentRules = hasPaymentRules
    self.allowsOverpayment = allowsOverpayment
  }

  /// Whether something was paid on it, in part or whole.
  package var isPaidOrPartPaid: Bool {
    if status == .paid { return true }
    if let amountPaid { return amountPaid > 0 }
    if let amountRemaining, let amountDue { return amountRemaining < amountDue }
    return false
  }
}
