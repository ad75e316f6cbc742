import BillModel
import BillReports

/// Rows and money by what the rows ask for, where they ask for different things.
extension ReportPage {
  func writeOperations(to html: inout HTMLText) {
    let accounting = summary.accounting
    let currencies = Array(accounting.currencies.prefix(4))
    html.scrolling("Rows and money by operation") { html in
      html.element("table") { html in
        html.element("thead") { html in
          html.element("tr") { html in
            html.element("th", ["scope": "col"], text: "Operation")
            html.element("th", ["scope": "col", "class": "left"], text: "Outcomes")
            html.element("th", ["scope": "col"], text: "Rows")
            for currency in currencies { html.element("th", ["scope": "col"], text: currency.description) }
          }
        }
        html.element("tbody") { html in
          for kind in OperationKind.ofRows {
            if let share = accounting.operations[kind] { write(kind, share, currencies, to: &html) }
          }
        }
      }
    }
  }

  private func write(
    _ kind: OperationKind, _ share: Accounting.Share, _ currencies: [CurrencyCode], to html: inout HTMLText
  ) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"], text: kind.rawValue)
      let outcomes = RowOutcome.allCases.compactMap { outcome in
        share.outcomes[outcome].map { "\(MoneyText.count($0)) \(outcome.words)" }
      }
      html.element("td", ["class": "left"], text: outcomes.joined(separator: ", "))
      html.element("td", text: MoneyText.count(share.rows))
      for currency in currencies {
        let sum = (share.money[currency] ?? [:]).values.reduce(0, +)
        html.element("td", text: share.money[currency] == nil ? "" : MoneyText.major(sum, currency))
      }
    }
  }
}
