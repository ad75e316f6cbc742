/// What is kept under an idempotency key.
enum StoredAnswer: Equatable, Sendable {
  /// The request is still under way.
  case underWay
  /// Status and body, as they were.
  case bytes(status: UInt16, body: ByteSpan)
  /// 201 with this bill as it was then: made again from the bill, whose million bodies would fill the memory.
  case createdBill(UInt32)
}
