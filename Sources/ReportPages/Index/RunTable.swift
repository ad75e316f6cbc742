import BillModel

/// Runs, a line each.
struct RunTable {
  let runs: [FileRunEntry]
  let label: String

  func write(to html: inout HTMLText) {
    html.scrolling(Masking.oneLine(label)) { html in
      html.element("table") { html in
        html.element("thead") { html in
          html.element("tr") { html in
            html.element("th", ["scope": "col"], text: "File")
            html.element("th", ["scope": "col", "class": "left"], text: "Verdict")
            for title in ["Begun", "Rows", "To look at", "Money", "Took"] {
              html.element("th", ["scope": "col"], text: title)
            }
          }
        }
        html.element("tbody") { html in for run in runs { write(run, to: &html) } }
      }
    }
  }

  private func write(_ run: FileRunEntry, to html: inout HTMLText) {
    let mark = VerdictWords.mark(run.verdict)
    html.element("tr") { html in
      html.element("th", ["scope": "row", "class": "name"]) { html in
        html.element("a", ["href": run.link], text: Masking.oneLine(run.fileName))
        if run.isTrial {
          html.element("span", ["class": "soft"], text: run.isCheck ? " checked only" : " foreseen only")
        }
      }
      html.element("td", ["class": "left"]) { html in
        html.element("span", ["class": "badge \(mark.colour)"], text: "\(mark.sign) \(VerdictWords.short(run.verdict))")
      }
      html.element("td", text: "\(run.day?.description ?? "") \(PageWords.time(run.startedAt))")
      html.element("td", text: MoneyText.count(run.read))
      html.element("td", text: run.open > 0 ? MoneyText.count(run.open) : "–")
      html.element("td", text: money(run))
      html.element("td", text: PageWords.duration(run.seconds))
    }
  }

  private func money(_ run: FileRunEntry) -> String {
    let currencies = run.money.keys.sorted()
    let amounts = currencies.prefix(2).map { "\($0) \(MoneyText.major(run.goodMoney(in: $0), $0))" }
    if amounts.isEmpty { return "–" }
    return amounts.joined(separator: ", ") + (currencies.count > 2 ? ", …" : "")
  }
}
