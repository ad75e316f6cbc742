import BillModel

/// Rows of one currency whose amounts are more than any number of rows may have: they are summed as long as a sum of all
/// the others has room for theirs.
struct HugeAmounts: Hashable, Sendable {
  /// The most that they may come to together, the debits and the credits added up: 10,000,000,000,000.00 in two decimals.
  /// Every row that a file can have, of 2,000,000,000 each, and this fit in 64 bits.
  static let most: UInt64 = 1_000_000_000_000_000

  let currency: CurrencyCode
  private(set) var rows = 1
  /// What they come to, where that counts.
  private(set) var sum: Int64
  /// The same without signs; one more than the most where it is beyond that, in whatever order they come.
  private var size: UInt64

  init(_ money: ReadMoney) {
    currency = money.currency
    sum = money.amount
    size = min(money.amount.magnitude, Self.most + 1)
  }

  /// Whether they are in the sums: all of them, or none.
  var isCounted: Bool { size <= Self.most }

  mutating func add(_ other: Self) {
    rows += other.rows
    size = min(size + other.size, Self.most + 1)
    // Beyond the most nobody asks for it.
    sum &+= other.sum
  }
}
