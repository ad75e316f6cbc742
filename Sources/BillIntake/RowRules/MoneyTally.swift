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
    var sums = Sums()
    /// The largest amount of a valid row; `nil` where such a row was rejected afterwards.
    var largest: Int64? = 0

    mutating func meet(_ amount: Int64?) {
      if let known = largest { largest = amount.map { max(known, $0) } }
    }
  }

  /// By currency. A file has a few of them, so that looking along the list is faster than any table.
  private var entries: [Entry] = []
  /// How many rows have an amount that is in no sum, since it, or its currency, can't be read.
  package private(set) var unread = 0

  package init() {}

  /// Counts a row in whose amount or currency can't be read.
  package mutating func countUnread() { unread += 1 }

  /// The currencies, in the alphabet's order.
  package var currencies: [CurrencyCode] { entries.map(\.currency) }

  /// The sums in one currency; zeros where no row has it.
  package subscript(currency: CurrencyCode) -> Sums {
    entries.first { $0.currency == currency }?.sums ?? Sums()
  }

  /// The largest amount of a valid row in one currency, 0 or more; `nil` where it isn't known, since such a row was rejected
  /// by a rule across rows.
  package func largest(of currency: CurrencyCode) -> Int64? {
    entries.first { $0.currency == currency }.map(\.largest) ?? 0
  }

  /// Counts a row in.
  package mutating func add(_ money: ReadMoney, isValid: Bool) {
    let index = place(of: money.currency)
    entries[index].sums.read += money.amount
    if isValid {
      entries[index].sums.valid += money.amount
      entries[index].meet(money.amount)
    } else {
      entries[index].sums.rejected += money.amount
    }
  }

  /// Counts valid rows of one currency in: their sum, and the largest of their amounts.
  mutating func add(_ sum: ReadMoney, largest: Int64) {
    let index = place(of: sum.currency)
    entries[index].sums.read += sum.amount
    entries[index].sums.valid += sum.amount
    entries[index].meet(largest)
  }

  /// Counts in what another tally has.
  mutating func add(_ other: Self) {
    unread += other.unread
    for entry in other.entries {
      let index = place(of: entry.currency)
      entries[index].sums.read += entry.sums.read
      entries[index].sums.valid += entry.sums.valid
      entries[index].sums.rejected += entry.sums.rejected
      entries[index].meet(entry.largest)
    }
  }

  /// Counts a row that stood as valid as rejected.
  mutating func reject(_ money: ReadMoney) {
    let index = place(of: money.currency)
    entries[index].sums.valid -= money.amount
    entries[index].sums.rejected += money.amount
    if money.amount == entries[index].largest { entries[index].meet(nil) }
  }

  private mutating func place(of currency: CurrencyCode) -> Int {
    for index in entries.indices where entries[index].currency == currency { return index }
    let index = entries.firstIndex { $0.currency > currency } ?? entries.count
    entries.insert(Entry(currency: currency), at: index)
    return index
  }
}
