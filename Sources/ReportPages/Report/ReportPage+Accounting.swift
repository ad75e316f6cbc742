import BillModel
import BillReports

/// Every row and every cent, by outcome, adding up to the file.
extension ReportPage {
  /// More currencies than these go into a table of their own.
  private static let currenciesInATable = 4

  func writeAccounting(to html: inout HTMLText) {
    let isWhole = summary.accounting.rowsWithoutMoney == 0
    html.section("accounting", "Every row and every cent\(isWhole ? "" : " that can be read")") { html in
      let counts = outcomes.map { ($0, summary.accounting.outcomes[$0] ?? 0) }
      html.element("figure") { html in
        OutcomeBar(counts: counts.map { ($0.0, words($0.0), $0.1) }).write(to: &html)
      }
      let currencies = summary.accounting.currencies
      var rest = currencies[...]
      repeat {
        writeTable(Array(rest.prefix(Self.currenciesInATable)), to: &html)
        rest = rest.dropFirst(Self.currenciesInATable)
      } while !rest.isEmpty
      html.element("p", ["class": "adds"], text: proof)
      if !summary.accounting.operations.isEmpty { writeOperations(to: &html) }
      if currencies.isEmpty { html.element("p", ["class": "soft"], text: "No amount of this file can be read.") }
    }
  }

  /// What is proved, in words: it is checked before the page is written.
  private var proof: String {
    let accounting = summary.accounting
    let sum = accounting.outcomes.values.reduce(0, +)
    if !accounting.discrepancies.isEmpty {
      return "✗ It doesn't add up: \(accounting.discrepancies.joined(separator: "; "))."
    }
    let rows = "✓ Adds up: \(PageWords.count(sum, "row")) told of, \(MoneyText.count(accounting.recordsRead)) read"
    guard !accounting.currencies.isEmpty else { return rows + "." }
    guard let unread = accounting.unreadWords else { return rows + ", and every cent to what the file asks for." }
    return rows + ", and every cent that can be read. \(unread)."
  }

  /// Those that occur; what went well first.
  private var outcomes: [RowOutcome] {
    let all: [RowOutcome] =
      isCheck ? [.notSent] + RowOutcome.allCases.filter { $0 != .notSent } : RowOutcome.allCases
    return all.filter { (summary.accounting.outcomes[$0] ?? 0) > 0 }
  }

  private func words(_ outcome: RowOutcome) -> String {
    guard isCheck else { return outcome.words }
    return outcome == .notSent ? "good" : outcome.words
  }

  private func writeTable(_ currencies: [CurrencyCode], to html: inout HTMLText) {
    html.scrolling("Rows and money by outcome") { html in
      html.element("table") { html in
        html.element("thead") { html in
          html.element("tr") { html in
            html.element("th", ["scope": "col"], text: "Outcome")
            html.element("th", ["scope": "col"], text: "Rows")
            for currency in currencies { html.element("th", ["scope": "col"], text: currency.description) }
          }
        }
        html.element("tbody") { html in
          for outcome in outcomes { writeRow(outcome, currencies, to: &html) }
        }
        html.element("tfoot") { html in
          html.element("tr") { html in
            html.element("th", ["scope": "row"], text: "= read from the file")
            html.element("td", text: MoneyText.count(summary.accounting.recordsRead))
            for currency in currencies {
              html.element("td", text: MoneyText.major(summary.accounting.moneyRead[currency] ?? 0, currency))
            }
          }
        }
      }
    }
  }

  private func writeRow(_ outcome: RowOutcome, _ currencies: [CurrencyCode], to html: inout HTMLText) {
    html.element("tr") { html in
      html.element("th", ["scope": "row", "title": outcome.explanation.what]) { html in
        html.element("span", ["class": "dot outcome \(outcome.rawValue)", "aria-hidden": "true"]) { _ in }
        html.text(words(outcome))
      }
      html.element("td", text: MoneyText.count(summary.accounting.outcomes[outcome] ?? 0))
      for currency in currencies {
        html.element("td", text: MoneyText.major(summary.accounting.money[currency]?[outcome] ?? 0, currency))
      }
    }
  }
}
