/// Which customer a standing row hangs its account under.
struct PartOwner: PartEntry, Equatable {
  static let kind: UInt64 = 2
  static let byteCount = 32

  /// Of the account's reference.
  var key: PartKey
  /// Of the customer's reference.
  var customer: UInt64
  var record: UInt32

  /// Of both, one number: parts of digests, which are spread evenly.
  var holding: UInt64 { key.high &+ customer &* 3 }

  init(key: PartKey, customer: UInt64, record: UInt32) {
    (self.key, self.customer, self.record) = (key, customer, record)
  }

  init(_ bytes: UnsafeRawBufferPointer) {
    key = PartKey(high: bytes.integer(at: 0), low: bytes.integer(at: 8))
    customer = bytes.integer(at: 16)
    record = bytes.integer(at: 24)
  }

  func append(to bytes: inout [UInt8]) {
    for word in [key.high, key.low, customer] { bytes.append(integer: word) }
    bytes.append(integer: record)
    bytes.append(integer: UInt32(0))
  }
}
