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
  /// By currency, in the alphabet's order: rejected rows of more than any number of rows may have.
  private var huge: [HugeAmounts] = []
  /// Rows whose amount or currency can't be read.
  private var unreadable = 0

  package init() {}

  /// How many rows have an amount that is in no sum: it, or its currency, can't be read, or it is one of the huge amounts of
  /// a currency that together are more than a sum may have.
  package var unread: Int { huge.reduce(unreadable) { $1.isCounted ? $0 : $0 + $1.rows } }

  /// Counts a row in whose amount or currency can't be read.
  package mutating func countUnread() { unreadable += 1 }

  /// The currencies, in the alphabet's order.
  package var currencies: [CurrencyCode] {
    let more = huge.filter { amounts in
      amounts.isCounted && !entries.contains { $0.currency == amounts.currency }
    }
    return more.isEmpty ? entries.map(\.currency) : (entries.map(\.currency) + more.map(\.currency)).sorted()
  }

  /// The sums in one currency; zeros where no row has it.
  package subscript(currency: CurrencyCode) -> Sums {
    var sums = entries.first { $0.currency == currency }?.sums ?? Sums()
    if let huge = huge.first(where: { $0.currency == currency }), huge.isCounted {
      sums.read += huge.sum
      sums.rejected += huge.sum
    }
    return sums
  }

  /// Whether a row's money is in the sums, once all rows of its file are counted in.
  package func counts(_ money: ReadMoney) -> Bool {
    !money.isHuge || huge.first { $0.currency == money.currency }?.isCounted ?? true
  }

  /// The largest amount of a valid row in one currency, 0 or more; `nil` where it isn't known, since such a row was rejected
  /// by a rule across rows.
  package func largest(of currency: CurrencyCode) -> Int64? {
    entries.first { $0.currency == currency }.map(\.largest) ?? 0
  }

  /// Counts a row in. No valid row has a huge amount.
  package mutating func add(_ money: ReadMoney, isValid: Bool) {
    if money.isHuge { return add(HugeAmounts(money)) }
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
    unreadable += other.unreadable
    for amounts in other.huge { add(amounts) }
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

  private mutating func add(_ amounts: HugeAmounts) {
    if let index = huge.firstIndex(where: { $0.currency == amounts.currency }) { return huge[index].add(amounts) }
    huge.insert(amounts, at: huge.firstIndex { $0.currency > amounts.currency } ?? huge.count)
  }

  private mutating func place(of currency: CurrencyCode) -> Int {
    for index in entries.indices where entries[index].currency == currency { return index }
    let index = entries.firstIndex { $0.currency > currency } ?? entries.count
    entries.insert(Entry(currency: currency), at: index)
    return index
  }
}
