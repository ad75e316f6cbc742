/// A payment made elsewhere, as a row tells of it.
package struct Payment: Hashable, Sendable {
  /// The pair of a bill's metadata that names the payment which was added last.
  package static let metadataKey = "billdrop_payment"

  /// How the amount is meant.
  package enum Meaning: Hashable, Sendable {
    /// All that was paid on the bill so far.
    case total
    /// All that was paid on the bill before it was raised: noted only where nothing was paid since.
    case atFirst
    /// What comes to it by the payment of this reference.
    case added(reference: String)
  }

  /// The reference of the bill.
  package var bill: String
  package var currency: CurrencyCode
  /// Minor units.
  package var amount: Int64
  package var meaning: Meaning
  package var metadata: Metadata

  package init(
    bill: String, currency: CurrencyCode, amount: Int64, meaning: Meaning, metadata: Metadata = Metadata()
  ) {
    self.bill = bill
    self.currency = currency
    self.amount = amount
    self.meaning = meaning
    self.metadata = metadata
  }
}
