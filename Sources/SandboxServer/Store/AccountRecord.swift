/// An account as the sandbox keeps it.
struct AccountRecord: Sendable {
  var reference: ByteSpan
  /// Serial of its customer.
  var customer: UInt32
  var name = ByteSpan.none
  /// A JSON object's text.
  var metadata = ByteSpan.none
  var currency: CurrencyTag?
  /// Minor units; positive: owed.
  var balance: Int64?
}
