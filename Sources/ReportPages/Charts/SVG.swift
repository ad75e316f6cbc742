/// What charts have in common.
enum SVG {
  /// A coordinate, with one decimal.
  static func number(_ value: Double) -> String {
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
    let rest = abs(tenths % 10)
    return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10)" + (rest > 0 ? ".\(rest)" : "")
  }

  /// The end of an axis: a round number, at least `value`.
  static func roundEnd(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    for factor in [1.0, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10] where factor * power >= value * 0.999999 {
      return factor * power
    }
    return 10 * power
  }

  /// Where lines of a grid stand between 0 and `end`: at 0, the middle and the end.
  static func thirds(_ end: Double) -> [Double] { [0, end / 2, end] }
}

extension HTMLText {
  /// A text of a chart.
  mutating func label(_ text: String, x: Double, y: Double, anchor: String = "start", strong: Bool = false) {
    element(
      "text",
      ["x": SVG.number(x), "y": SVG.number(y), "text-anchor": anchor, "class": strong ? "strong" : ""], text: text)
  }

  mutating func line(_ style: String, x1: Double, y1: Double, x2: Double, y2: Double) {
    element(
      "line",
      ["class": style, "x1": SVG.number(x1), "y1": SVG.number(y1), "x2": SVG.number(x2), "y2": SVG.number(y2)]
    ) { _ in }
  }

  mutating func rectangle(_ style: String, x: Double, y: Double, width: Double, height: Double, title: String? = nil) {
    element(
      "rect",
      [
        "class": style, "x": SVG.number(x), "y": SVG.number(y), "width": SVG.number(max(width, 0.5)),
        "height": SVG.number(max(height, 0)),
      ]
    ) { html in
      if let title { html.element("title", text: title) }
    }
  }

  mutating func path(_ style: String, _ commands: String) {
    element("path", ["class": style, "d": commands]) { _ in }
  }
}
