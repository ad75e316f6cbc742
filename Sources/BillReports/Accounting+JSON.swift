import BillModel

extension Accounting {
  /// Every outcome with its rows.
  func writeOutcomes(_ json: inout JSONText) {
    for outcome in RowOutcome.allCases { json.integer(outcome.rawValue, outcomes[outcome] ?? 0) }
  }

  /// Minor units by currency, read and by outcome; an outcome without money is left out.
  func writeMoney(_ json: inout JSONText) {
    for currency in Set(moneyRead.keys).union(money.keys).sorted() {
      json.object(currency.description) { json in
        json.integer("read", moneyRead[currency] ?? 0)
        for outcome in RowOutcome.allCases {
          guard let amount = money[currency]?[outcome] else { continue }
          json.integer(outcome.rawValue, amount)
        }
      }
    }
  }
}
