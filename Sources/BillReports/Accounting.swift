package import BillModel

/// Every row and every cent of a file, by outcome.
///
/// The proof of a report: the outcomes add up to the records read, and the money by currency adds up to the
/// money read. It is fed twice, from independent sides: once with what was read, once with what became of it.
package struct Accounting: Sendable {
  /// Records that the first pass read.
  package var recordsRead: Int
  /// Minor units by currency that the first pass read, over rows whose amount and currency can be read.
  package var moneyRead: [CurrencyCode: Int64]
  /// Of the records read: rows that have an amount which is in no sum, since it, or its currency, can't be read.
  package var rowsWithoutMoney = 0
  /// Rows by outcome.
  package private(set) var outcomes: [RowOutcome: Int] = [:]
  /// Minor units by currency and outcome.
  package private(set) var money: [CurrencyCode: [RowOutcome: Int64]] = [:]

  /// The same by operation, for a file whose rows ask for different things.
  package private(set) var operations: [OperationKind: Share] = [:]

  /// The rows of one operation, and their money.
  package struct Share: Sendable {
    package fileprivate(set) var outcomes: [RowOutcome: Int] = [:]
    package fileprivate(set) var money: [CurrencyCode: [RowOutcome: Int64]] = [:]

    /// How many they are.
    package var rows: Int { outcomes.values.reduce(0, +) }

    /// Its currencies, in the alphabet's order.
    package var currencies: [CurrencyCode] { money.keys.sorted() }
  }

  package init(recordsRead: Int, moneyRead: [CurrencyCode: Int64]) {
    self.recordsRead = recordsRead
    self.moneyRead = moneyRead
  }

  /// Counts one row; `amount` in minor units of `currency`, where both can be read.
  package mutating func count(_ outcome: RowOutcome, amount: Int64?, currency: CurrencyCode?) {
    outcomes[outcome, default: 0] += 1
    guard let amount, let currency else { return }
    money[currency, default: [:]][outcome, default: 0] += amount
  }

  /// Counts one row among those of its operation.
  package mutating func count(
    _ kind: OperationKind, _ outcome: RowOutcome, amount: Int64?, currency: CurrencyCode?
  ) {
    operations[kind, default: Share()].outcomes[outcome, default: 0] += 1
    guard let amount, let currency else { return }
    operations[kind, default: Share()].money[currency, default: [:]][outcome, default: 0] += amount
  }

  /// Counts many rows and their money at once.
  package mutating func count(_ outcome: RowOutcome, rows: Int, money amounts: [CurrencyCode: Int64]) {
    guard rows > 0 else { return }
    outcomes[outcome, default: 0] += rows
    for (currency, amount) in amounts { money[currency, default: [:]][outcome, default: 0] += amount }
  }

  /// What doesn't add up, in words; empty when the report may be believed.
  package var discrepancies: [String] {
    var found: [String] = []
    let counted = outcomes.values.reduce(0, +)
    if counted != recordsRead { found.append("\(recordsRead) records were read, but \(counted) are accounted for") }
    for currency in Set(moneyRead.keys).union(money.keys).sorted() {
      let read = moneyRead[currency] ?? 0
      let sum = (money[currency] ?? [:]).values.reduce(0, +)
      if sum != read { found.append("\(read) \(currency) minor units were read, but \(sum) are accounted for") }
    }
    return found
  }
}
