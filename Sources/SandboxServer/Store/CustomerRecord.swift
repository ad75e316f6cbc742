/// A customer as the sandbox keeps it.
struct CustomerRecord: Sendable {
  var reference: ByteSpan
  var name = ByteSpan.none
  var email = ByteSpan.none
  var phone = ByteSpan.none
  /// A JSON object's text.
  var metadata = ByteSpan.none
  var currency: CurrencyTag?
  /// Minor units; positive: owed.
  var balance: Int64?
}
