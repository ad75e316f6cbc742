/// A row of a bill file that raises none, by a rule that its layout states.
package struct SkippedBill: Hashable, Sendable {
  package var reference: String
  package var currency: CurrencyCode
  /// Minor units; zero or less.
  package var amount: Int64

  package init(reference: String, currency: CurrencyCode, amount: Int64) {
    self.reference = reference
    self.currency = currency
    self.amount = amount
  }
}
