/// A payment that was made, with the event that tells of it.
struct MadePayment: Sendable {
  /// From 0, in the order in which they were made.
  let number: Int
  /// What was paid.
  let kind: ObjectKind
  let serial: UInt32
  /// Whom the event names, by id.
  let named: (kind: ObjectKind, id: String)
  /// Minor units.
  let amount: Int64
  let currency: CurrencyTag
  /// Milliseconds since 1970, by the sandbox's clock.
  let time: Int64
  let seed: UInt64

  var eventID: String { "evt_" + mark(1) }
  var paymentID: String { "pay_" + mark(2) }
  /// The same at every delivery, and no part of the event.
  var messageID: String { "msg_" + mark(3) }

  /// The event's body.
  var event: [UInt8] {
    var writer = JSONWriter(capacity: 384)
    writer.open()
    writer.member("id", eventID)
    writer.member("type", "obligation.amount_applied")
    writer.open("data")
    writer.member("id", "ob_" + named.id.drop { $0 != "_" }.dropFirst())
    writer.member("amount", amount)
    writer.member("currency", currency.text)
    writer.member("payment_id", paymentID)
    switch named.kind {
    case .bill: writer.member("bill_id", named.id)
    case .account: writer.member("account_id", named.id)
    case .customer: writer.member("customer_id", named.id)
    }
    writer.open("metadata")
    writer.close()
    writer.member("created_at", SandboxClock.text(time))
    writer.member("updated_at", SandboxClock.text(time))
    writer.close()
    writer.close()
    return writer.bytes
  }

  /// Sixteen digits that look random (splitmix64).
  private func mark(_ kind: UInt64) -> String {
    var word = seed &+ (UInt64(number) &* 4 &+ kind) &* 0x9e37_79b9_7f4a_7c15
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    let digits = String(word ^ word >> 31, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
