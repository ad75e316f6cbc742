import BillModel

/// Outcomes as one bar whose parts are the file's rows; the table below it says the same in figures.
struct OutcomeBar {
  let counts: [(outcome: RowOutcome, words: String, rows: Int)]

  private static let width = 720.0

  func write(to html: inout HTMLText) {
    let total = counts.reduce(0) { $0 + $1.rows }
    guard total > 0 else { return }
    let words = counts.map { "\($0.words) \(PageWords.share($0.rows, of: total))" }.joined(separator: ", ")
    html.element(
      "svg", ["viewBox": "0 0 720 30", "role": "img", "aria-label": "Rows by outcome: \(words)", "class": "outcomes"]
    ) { html in
      var left = 0.0
      // What is there is seen, be it one row of ten million.
      let widths = counts.map { max(3, Double($0.rows) / Double(total) * Self.width) }
      let scale = Self.width / widths.reduce(0, +)
      for (index, part) in counts.enumerated() {
        let width = widths[index] * scale
        html.element(
          "rect",
          [
            "class": "outcome \(part.outcome.rawValue)", "x": SVG.number(left), "y": "2", "height": "26", "rx": "3",
            "width": SVG.number(max(width - 1.5, 1)),
          ]
        ) { $0.element("title", text: "\(part.words): \(PageWords.count(part.rows, "row"))") }
        left += width
      }
    }
  }
}
