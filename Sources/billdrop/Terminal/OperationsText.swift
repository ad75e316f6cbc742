import BillModel
import BillReports

/// Rows and money by what the rows ask for, of a file whose rows ask for different things: a text for each operation.
struct OperationsText {
  let accounting: Accounting

  var texts: [String] {
    OperationKind.ofRows.compactMap { kind in accounting.operations[kind].map { text(kind, $0) } }
  }

  private func text(_ kind: OperationKind, _ share: Accounting.Share) -> String {
    let outcomes = RowOutcome.allCases.compactMap { outcome in
      share.outcomes[outcome].map { "\(MoneyText.count($0)) \(words(outcome))" }
    }
    let money = share.currencies.prefix(4).map { currency in
      let sum = (share.money[currency] ?? [:]).values.reduce(0, +)
      return "; \(currency) \(MoneyText.major(sum, currency))"
    }
    return "\(kind.rawValue): \(MoneyText.count(share.rows)) = \(outcomes.joined(separator: " + "))\(money.joined())"
  }

  private func words(_ outcome: RowOutcome) -> String { outcome == .notSent ? "not sent" : outcome.rawValue }
}
