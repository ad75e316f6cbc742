import BillModel
import BillReports

/// How fast it went, and what the bills ask for.
extension ReportPage {
  func writePace(to html: inout HTMLText) {
    guard let pace = material.pace, pace.spans.contains(where: { $0.answers + $0.failed > 0 }), pace.tellsOfPace else {
      return
    }
    let chart = PaceChart(pace: pace)
    html.section("pace", "How fast it went") { html in
      html.element("figure") { html in
        chart.write(to: &html)
        html.element("figcaption", text: chart.words)
      }
    }
  }

  func writeAmounts(to html: inout HTMLText) {
    let charts = summary.accounting.currencies.compactMap { currency in
      summary.amounts[currency].flatMap {
        AmountChart(currency: currency, amounts: $0, earlier: material.earlierAmounts[currency] ?? [])
      }
    }
    guard !charts.isEmpty else { return }
    html.section("amounts", "What the bills ask for") { html in
      for chart in charts.prefix(4) {
        html.element("figure") { html in
          chart.write(to: &html)
          html.element("figcaption", text: chart.words)
        }
      }
    }
  }
}

extension PaceLog {
  /// Whether it went on for long enough to tell how fast it goes, or something stood in its way.
  fileprivate var tellsOfPace: Bool {
    Double(spans.count) * seconds >= ReportPage.leastSeconds
      || spans.contains { $0.throttled + $0.failed > 0 || $0.isPaused }
  }
}
