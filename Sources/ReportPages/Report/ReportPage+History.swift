import BillModel
import BillReports

/// A file's figures beside those of the last files of its feed: why it is held, or that it is as usual.
extension ReportPage {
  func writeHistory(to html: inout HTMLText) {
    guard let report = summary.guarding, report.hasHistory else { return }
    html.section("history", "Against the last \(report.files) files") { html in
      html.scrolling("This file's figures and the usual ones") { html in
        html.element("table") { html in
          html.element("thead") { html in
            html.element("tr") { html in
              for title in ["Figure", "This file", "Usual", "Expected"] {
                html.element("th", ["scope": "col"], text: title)
              }
            }
          }
          html.element("tbody") { html in for figure in report.figures { Self.writeRow(figure, to: &html) } }
        }
      }
      html.element("p", ["class": "soft"], text: "Usual is the middle of those of the feed \(report.feed).")
    }
  }

  private static func writeRow(_ figure: GuardFigure, to html: inout HTMLText) {
    html.element("tr") { html in
      html.element("th", ["scope": "row"]) { html in
        html.text(figure.title.prefix(1).uppercased() + figure.title.dropFirst())
        if figure.isFar {
          html.text(" ")
          html.element("span", ["class": "badge warn"], text: "! far")
        }
      }
      html.element("td", text: figure.text(figure.value))
      html.element("td", text: figure.text(figure.usual))
      html.element("td", ["class": "wraps"], text: bounds(of: figure))
    }
  }

  private static func bounds(of figure: GuardFigure) -> String {
    switch (figure.low, figure.high) {
    case (let low?, let high?): "\(figure.text(low)) to \(figure.text(high))"
    case (let low?, nil): "at least \(figure.text(low))"
    case (nil, let high?): "at most \(figure.text(high))"
    case (nil, nil): "–"
    }
  }
}
