import BillModel

extension Accounting {
  /// Every outcome with its rows.
  func writeOutcomes(_ json: inout JSONText) {
    for outcome in RowOutcome.allCases { json.integer(outcome.rawValue, outcomes[outcome] ?? 0) }
  }

  /// Every operation that rows ask for, with its rows and money by outcome; in the order of `OperationKind`.
  func writeOperations(_ json: inout JSONText) {
    for kind in OperationKind.ofRows {
      guard let share = operations[kind] else { continue }
      json.object(kind.rawValue) { json in
        json.integer("rows", share.rows)
        json.object("outcomes") { json in
          for outcome in RowOutcome.allCases {
            if let rows = share.outcomes[outcome] { json.integer(outcome.rawValue, rows) }
          }
        }
        json.object("money") { json in
          for currency in share.money.keys.sorted() {
            json.object(currency.description) { json in
              for outcome in RowOutcome.allCases {
                if let amount = share.money[currency]?[outcome] { json.integer(outcome.rawValue, amount) }
              }
            }
          }
        }
      }
    }
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
