import BillModel
import BillReports

/// How many bills of a file ask for how much, on a scale on which each step is two to two and a half times the last;
/// over it what is usual for the last files of its kind.
struct AmountChart {
  let currency: CurrencyCode
  let amounts: AmountHistogram
  /// How many files went before.
  private let files: Int
  /// Of each step the middle of what those had; empty where there were too few.
  private let usual: [Int]
  private let steps: ClosedRange<Int>

  /// So many files make a habit.
  private static let leastEarlier = 3
  /// Of fewer bills nobody needs to be told what most of them ask for.
  private static let leastBills = 10

  /// `nil` where there is no amount to show.
  init?(currency: CurrencyCode, amounts: AmountHistogram, earlier: [AmountHistogram] = []) {
    guard let used = amounts.steps else { return nil }
    self.currency = currency
    self.amounts = amounts
    files = earlier.count
    let usual = earlier.count < Self.leastEarlier ? [] : Self.middle(of: earlier)
    self.usual = usual
    let known = usual.indices.filter { usual[$0] > 0 }
    let low = min(used.lowerBound, known.first ?? used.lowerBound)
    let high = max(used.upperBound, known.last ?? used.upperBound)
    steps = max(0, low - 1)...min(AmountHistogram.ends.count, high + 1)
  }

  private static func middle(of earlier: [AmountHistogram]) -> [Int] {
    AmountHistogram().counts.indices.map { step in earlier.map { $0.counts[step] }.sorted()[earlier.count / 2] }
  }

  private static let left = 58.0
  private static let right = 700.0
  private static let top = 24.0
  private static let bottom = 130.0

  /// What it shows, in words.
  var words: String {
    guard let used = amounts.steps, let most = used.max(by: { amounts.counts[$0] < amounts.counts[$1] }) else {
      return ""
    }
    let all =
      "\(currency): \(PageWords.count(amounts.total, "bill")), from \(low(used.lowerBound)) "
      + "up to \(high(used.upperBound))"
    guard amounts.total >= Self.leastBills else { return all + "." + comparison }
    let share = PageWords.share(amounts.counts[most], of: amounts.total)
    let who =
      amounts.counts[most] * 2 > amounts.total ? "most of them, \(share), ask" : "the largest part, \(share), asks"
    return all + "; \(who) for \(low(most)) to \(high(most))." + comparison
  }

  /// The file against the ones before it.
  private var comparison: String {
    guard let most = usual.indices.max(by: { usual[$0] < usual[$1] }), usual[most] > 0 else { return "" }
    return " The dashed line is the middle of the last \(files) files: \(PageWords.count(usual.reduce(0, +), "bill")), "
      + "most of them for \(low(most)) to \(high(most))."
  }

  /// The outline of what is usual.
  private func outline(_ width: Double, _ end: Double) -> String {
    var path = ""
    for (place, step) in steps.enumerated() {
      let x = Self.left + Double(place) * width
      let y = Self.bottom - Double(usual[step]) / end * (Self.bottom - Self.top)
      path += "\(path.isEmpty ? "M" : "L")\(SVG.number(x)) \(SVG.number(y))H\(SVG.number(x + width))"
    }
    return path
  }

  func write(to html: inout HTMLText) {
    html.element("svg", ["viewBox": "0 0 720 158", "role": "img", "aria-label": "Amounts. \(words)"]) { html in
      let end = SVG.roundEnd(Double(steps.map { max(amounts.counts[$0], usual.isEmpty ? 0 : usual[$0]) }.max() ?? 1))
      for value in SVG.thirds(end) {
        let y = Self.bottom - value / end * (Self.bottom - Self.top)
        html.line("grid-line", x1: Self.left, y1: y, x2: Self.right, y2: y)
        html.label(PageWords.decimal(value), x: Self.left - 7, y: y + 4, anchor: "end")
      }
      html.label("Bills by amount in \(currency)", x: Self.left, y: Self.top - 10, strong: true)
      let width = (Self.right - Self.left) / Double(steps.count)
      for (place, step) in steps.enumerated() {
        let x = Self.left + Double(place) * width
        let height = Double(amounts.counts[step]) / end * (Self.bottom - Self.top)
        html.rectangle(
          "amounts", x: x + 1, y: Self.bottom - height, width: width - 2, height: height,
          title: "\(low(step)) to \(high(step)): \(PageWords.count(amounts.counts[step], "bill"))")
        if place > 0, place % labelEvery == 0 { html.label(low(step), x: x, y: Self.bottom + 18, anchor: "middle") }
      }
      if !usual.isEmpty { html.path("before", outline(width, end)) }
    }
  }

  /// Labels that stand apart on a phone, too.
  private var labelEvery: Int { max(1, (steps.count + 4) / 5) }

  private func low(_ step: Int) -> String {
    MoneyText.major(step == 0 ? 1 : AmountHistogram.ends[step - 1], currency)
  }

  private func high(_ step: Int) -> String {
    step < AmountHistogram.ends.count ? MoneyText.major(AmountHistogram.ends[step], currency) : "more"
  }
}
