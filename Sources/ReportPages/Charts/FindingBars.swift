import BillModel

/// Findings by code, as bars; each leads to its code's rows.
struct FindingBars {
  let counts: [FindingCount]

  private static let most = 12
  private static let row = 24.0
  private static let labels = 235.0

  func write(to html: inout HTMLText) {
    let shown = counts.prefix(Self.most)
    let highest = Double(shown.map(\.count).max() ?? 1)
    let words = shown.map { "\($0.code.rawValue) \(MoneyText.count($0.count))" }.joined(separator: ", ")
    let height = Double(shown.count) * Self.row + 4
    html.element(
      "svg",
      ["viewBox": "0 0 720 \(SVG.number(height))", "role": "img", "aria-label": "Findings by code: \(words)"]
    ) { html in
      for (index, count) in shown.enumerated() {
        let top = Double(index) * Self.row + 3
        html.label(count.code.rawValue, x: Self.labels - 8, y: top + 14, anchor: "end", strong: true)
        let width = max(2, Double(count.count) / highest * (720 - Self.labels - 90))
        html.rectangle(
          count.severity == .error ? "bar error" : "bar", x: Self.labels, y: top, width: width, height: Self.row - 6,
          title: count.code.explanation.what)
        html.label(MoneyText.count(count.count), x: Self.labels + width + 6, y: top + 14)
      }
    }
    let hasBoth = Set(shown.map(\.severity)).count > 1
    if hasBoth { html.element("figcaption", text: "Red: errors, which reject their rows. Yellow: warnings.") }
  }
}
