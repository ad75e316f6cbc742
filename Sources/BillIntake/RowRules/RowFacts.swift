/// What the rules across rows need to know of one row: no text, no allocation.
struct RowFacts: Sendable {
  /// The row keeps all row rules.
  var isValid = true
  /// `reference` is the fingerprint of a reference, valid or not.
  var hasReference = false
  var hasAccount = false
  var hasCustomer = false
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
