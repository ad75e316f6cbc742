/// What the rules across rows need to know of one row: no text, no allocation.
struct RowFacts: Sendable {
  /// The row keeps all row rules.
  var isValid = true
  /// `reference` is the fingerprint of a reference, valid or not.
  var hasReference = false
  /// `amount` and `currency` are the row's, valid or not.
  var hasMoney = false
  var hasAccount = false
  var hasCustomer = false
  /// ISO code in three letters, as `CurrencyCode.packed`.
  var currency: UInt32 = 0
  /// Minor units.
  var amount: Int64 = 0
  var reference: UInt64 = 0
  /// Fingerprint of the account's reference.
  var account: UInt64 = 0
  /// Fingerprint of the account's customer and attributes.
  var accountValue: UInt64 = 0
  /// Fingerprint of the customer's reference, wherever the customer stands.
  var customer: UInt64 = 0
  /// Fingerprint of the customer's attributes.
  var customerValue: UInt64 = 0
}
