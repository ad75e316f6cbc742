import BillModel

/// Rows and money, run by run.
struct TrendChart {
  /// The earliest first.
  let runs: [FileRunEntry]

  private static let left = 8.0
  private static let right = 552.0
  private static let top = 30.0
  private static let bottom = 170.0

  /// The currency that most runs have.
  private var currency: CurrencyCode? {
    var runsOf: [CurrencyCode: Int] = [:]
    for run in runs { for currency in run.money.keys { runsOf[currency, default: 0] += 1 } }
    return runsOf.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }?.key
  }

  /// What it shows, in words.
  var words: String {
    let counts = runs.map(\.read)
    guard let last = runs.last, let least = counts.min(), let most = counts.max() else { return "" }
    var text = "\(PageWords.count(runs.count, "run")): \(MoneyText.count(least)) to \(PageWords.count(most, "row")), "
    text += "the last one \(MoneyText.count(last.read))"
    if let currency { text += " and \(currency) \(MoneyText.major(last.goodMoney(in: currency), currency))" }
    return text + "."
  }

  func write(to html: inout HTMLText) {
    html.element(
      "svg", ["viewBox": "0 0 560 200", "role": "img", "aria-label": "Trend. \(words)", "class": "trend"]
    ) { html in
      let highest = Double(runs.map(\.read).max() ?? 0)
      html.line("axis", x1: Self.left, y1: Self.bottom, x2: Self.right, y2: Self.bottom)
      html.label("Rows, at most \(MoneyText.count(Int(highest)))", x: Self.left, y: 14, strong: true)
      for (index, run) in runs.enumerated() {
        let height = highest > 0 ? Double(run.read) / highest * (Self.bottom - Self.top) : 0
        html.rectangle(
          "count \(VerdictWords.mark(run.verdict).colour)", x: x(index) + step * 0.1, y: Self.bottom - height,
          width: min(step * 0.8, 26), height: height,
          title: "\(run.day?.description ?? ""): \(PageWords.count(run.read, "row"))")
      }
      writeMoney(to: &html)
      html.label(runs.first?.day?.description ?? "", x: Self.left, y: Self.bottom + 20)
      html.label(runs.last?.day?.description ?? "", x: Self.right, y: Self.bottom + 20, anchor: "end")
    }
  }

  private var step: Double { (Self.right - Self.left) / Double(max(runs.count, 12)) }
  private func x(_ index: Int) -> Double { Self.left + Double(index) * step }

  private func writeMoney(to html: inout HTMLText) {
    guard let currency, runs.count > 1 else { return }
    let amounts = runs.map { Double(max(0, $0.goodMoney(in: currency))) }
    let highest = amounts.max() ?? 0
    guard highest > 0 else { return }
    let points = amounts.enumerated().map { index, amount in
      "\(index == 0 ? "M" : "L")\(SVG.number(x(index) + min(step * 0.5, 13 + step * 0.1))) "
        + SVG.number(Self.bottom - amount / highest * (Self.bottom - Self.top))
    }
    html.path("money", points.joined())
    html.label(
      "— \(currency), at most \(MoneyText.major(Int64(highest), currency))", x: Self.right, y: 14, anchor: "end")
  }
}
