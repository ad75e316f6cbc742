/// A bill as the sandbox keeps it: 56 bytes beside its reference and metadata.
struct BillRecord: Sendable {
  var reference: ByteSpan
  /// Serial of the customer: the one it was raised on, or its account's.
  var customer: UInt32
  /// Serial of the account; nil when it was raised on a customer.
  var account: UInt32?
  var currency: CurrencyTag
  /// Minor units; at most 99,999,999.
  var amountDue: Int32
  var amountPaid: Int32 = 0
  var billDate: CivilDay
  var dueDate: CivilDay?
  var status = BillStatus.unpaid
  /// A JSON object's text.
  var metadata = ByteSpan.none

  /// Minor units; 0 where more was paid than was due.
  var amountRemaining: Int32 { max(amountDue - amountPaid, 0) }
}
