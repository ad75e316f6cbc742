package import BillModel

/// What an answer must carry to count as an answer to the request (rule 5: else it is unreadable).
package struct Expectation: Hashable, Sendable {
  /// The object's external reference; `nil` where the request names it by id.
  package var reference: String?
  /// The object's id; `nil` where the request names it by reference, or makes it.
  package var id: String?
  /// A created bill's amount_due, in minor units of `currency`; `nil` for anything else.
  package var amountDue: Int64?
  /// A created bill's currency; `nil` for anything else.
  package var currency: CurrencyCode?

  package init(
    reference: String? = nil, id: String? = nil, amountDue: Int64? = nil, currency: CurrencyCode? = nil
  ) {
    self.reference = reference
    self.id = id
    self.amountDue = amountDue
    self.currency = currency
  }
}
