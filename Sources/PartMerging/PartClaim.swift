import BillModel

/// A row's claim to its external reference.
struct PartClaim: PartEntry, Equatable {
  static let kind: UInt64 = 1
  static let byteCount = 48
  /// Most minor units of a row that stands: a hundred times what a bill can ask for.
  static let mostAmount: Int64 = 10_000_000_000

  /// Of the reference.
  var key: PartKey
  /// Of the row's bytes: rows of one reference with the same are the same row.
  var row: UInt64
  /// Of the row's account and its customer, as `PartOwner.holding`; 0 where the row has none.
  var holding: UInt64
  /// Minor units; 0 without a currency.
  var amount: Int64
  var record: UInt32
  /// `nil` where amount or currency can't be read.
  var currency: CurrencyCode?
  /// Whether the row stands in its part.
  var stands: Bool

  init(
    key: PartKey, row: UInt64, holding: UInt64, amount: Int64, record: UInt32, currency: CurrencyCode?, stands: Bool
  ) {
    (self.key, self.row, self.holding, self.amount) = (key, row, holding, amount)
    (self.record, self.currency, self.stands) = (record, currency, stands)
  }

  init(_ bytes: UnsafeRawBufferPointer) {
    key = PartKey(high: bytes.integer(at: 0), low: bytes.integer(at: 8))
    row = bytes.integer(at: 16)
    holding = bytes.integer(at: 24)
    amount = bytes.integer(at: 32)
    record = bytes.integer(at: 40)
    let word: UInt32 = bytes.integer(at: 44)
    currency = word & 0xFF_FFFF == 0 ? nil : CurrencyCode(packed: word & 0xFF_FFFF)
    stands = word >> 31 == 1
  }

  func append(to bytes: inout [UInt8]) {
    for word in [key.high, key.low, row, holding, UInt64(bitPattern: amount)] { bytes.append(integer: word) }
    bytes.append(integer: record)
    bytes.append(integer: (currency?.packed ?? 0) | (stands ? 1 << 31 : 0))
  }
}
