package import BillModel

/// Money by currency, over the rows whose amount and currency can be read.
package struct MoneyTally: Hashable, Sendable {
  /// Sums in minor units. `read` is the sum of the other two.
  package struct Sums: Hashable, Sendable {
    package var read: Int64 = 0
    package var valid: Int64 = 0
    package var rejected: Int64 = 0
  }

  private struct Entry: Hashable, Sendable {
    var currency: CurrencyCode
    var sums: Sums
  }

  /// By currency. A file has a few of them, so that looking along the list is faster than any table.
  private var entries: [Entry] = []

  package init() {}

  /// The currencies, in the alphabet's order.
  package var currencies: [CurrencyCode] { entries.map(\.currency) }

  /// The sums in one currency; zeros where no row has it.
  package subscript(currency: CurrencyCode) -> Sums {
    entries.first { $0.currency == currency }?.sums ?? Sums()
  }

  /// Counts a row in.
  package mutating func add(_ money: ReadMoney, isValid: Bool) {
    let index = place(of: money.currency)
    entries[index].sums.read += money.amount
    if isValid {
      entries[index].sums.valid += money.amount
    } else {
      entries[index].sums.rejected += money.amount
    }
  }

  /// Counts in what another tally has.
  mutating func add(_ other: Self) {
    for entry in other.entries {
      let index = place(of: entry.currency)
      entries[index].sums.read += entry.sums.read
      entries[index].sums.valid += entry.sums.valid
      entries[index].sums.rejected += entry.sums.rejected
    }
  }

  /// Counts a row that stood as valid as rejected.
  mutating func reject(_ money: ReadMoney) {
    let index = place(of: money.currency)
    entries[index].sums.valid -= money.amount
    entries[index].sums.rejected += money.amount
  }

  private mutating func place(of currency: CurrencyCode) -> Int {
    for index in entries.indices where entries[index].currency == currency { return index }
    let index = entries.firstIndex { $0.currency > currency } ?? entries.count
    entries.insert(Entry(currency: currency, sums: Sums()), at: index)
    return index
  }
}
