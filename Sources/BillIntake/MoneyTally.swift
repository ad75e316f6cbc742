package import BillModel

/// Money by currency, over the rows whose amount and currency can be read.
package struct MoneyTally: Hashable, Sendable {
  /// Sums in minor units. `read` is the sum of the other two.
  package struct Sums: Hashable, Sendable {
    package var read: Int64 = 0
    package var valid: Int64 = 0
    package var rejected: Int64 = 0
  }

  private var sums: [CurrencyCode: Sums] = [:]

  package init() {}

  /// The currencies, in the alphabet's order.
  package var currencies: [CurrencyCode] { sums.keys.sorted() }

  /// The sums in one currency; zeros where no row has it.
  package subscript(currency: CurrencyCode) -> Sums { sums[currency] ?? Sums() }

  /// Counts a row in.
  package mutating func add(_ money: ReadMoney, isValid: Bool) {
    sums[money.currency, default: Sums()].read += money.amount
    if isValid {
      sums[money.currency, default: Sums()].valid += money.amount
    } else {
      sums[money.currency, default: Sums()].rejected += money.amount
    }
  }

  /// Counts a row that stood as valid as rejected.
  mutating func reject(_ money: ReadMoney) {
    sums[money.currency, default: Sums()].valid -= money.amount
    sums[money.currency, default: Sums()].rejected += money.amount
  }
}
