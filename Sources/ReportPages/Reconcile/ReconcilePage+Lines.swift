import BillModel
import PaymentEvents

/// The lines of one standing, the first of them.
extension ReconcilePage {
  func writeLines(_ standing: ReconcileStanding, to html: inout HTMLText) {
    let lines = result.lines.filter { $0.standing == standing }
    guard !lines.isEmpty else { return }
    html.section(
      String(standing.rawValue.dropFirst(6)), "\(standing.words) (\(MoneyText.count(lines.count)))", class: "long"
    ) { html in
      html.element("p") { html in
        let (colour, text) = standing.needsAttention ? ("warn", "to look at") : ("good", "as it should be")
        html.element("span", ["class": "badge \(colour)"], text: text)
        html.text(" " + standing.explanation.cure)
      }
      html.scrolling(standing.words) { html in
        html.element("table") { html in
          html.element("thead") { html in
            html.element("tr") { html in
              for name in ["What", "File and record", "Due", "By events", "By report", "By API"] {
                html.element("th", ["scope": "col", "class": name == "File and record" ? "left" : ""], text: name)
              }
              html.element("th", ["scope": "col", "class": "left"], text: "Why")
            }
          }
          html.element("tbody") { html in for line in lines.prefix(Self.shownLines) { write(line, to: &html) } }
        }
      }
      if lines.count > Self.shownLines {
        html.element("p", ["class": "soft"]) { html in
          html.text("\(MoneyText.count(lines.count - Self.shownLines)) more in ")
          html.element("a", ["href": "./reconcile.csv"], text: "reconcile.csv")
          html.text(".")
        }
      }
    }
  }

  private func write(_ line: ReconcileLine, to html: inout HTMLText) {
    html.element("tr") { html in
      html.element("th", ["scope": "row", "class": "name"]) { html in
        html.text(Masking.shown(line.reference.isEmpty ? line.id : line.reference))
        html.element("span", ["class": "soft"], text: " \(line.subject.rawValue)")
      }
      let place = line.row.map { "\(Masking.shown($0.file)), record \(MoneyText.count($0.record))" } ?? ""
      html.element("td", ["class": "left name"], text: place)
      html.element("td", text: amount(line.due, line))
      html.element("td", text: line.events > 0 || line.subject == .bill ? amount(line.byEvents, line) : "")
      html.element("td", text: amount(line.byReport, line))
      html.element("td", text: amount(line.byAPI, line))
      html.element("td", ["class": "left name"], text: Masking.oneLine(line.note))
    }
  }

  private func amount(_ minor: Int64?, _ line: ReconcileLine) -> String {
    guard let minor else { return "" }
    guard let currency = line.currency else { return String(minor) }
    return "\(MoneyText.major(minor, currency)) \(currency)"
  }
}
