import BillModel
import BillReports

/// Rows a second and latency over the time of a submission, with throttling and pauses marked.
struct PaceChart {
  let pace: PaceLog

  private static let left = 58.0
  private static let right = 700.0
  private static let top = 22.0
  private static let bottom = 150.0
  private static let latencyTop = 196.0
  private static let latencyBottom = 276.0

  /// What it shows, in words.
  var words: String {
    let spans = pace.spans
    let seconds = Double(spans.count) * pace.seconds
    let settled = spans.reduce(0) { $0 + $1.settled }
    let throttled = spans.reduce(0) { $0 + $1.throttled }
    let failed = spans.reduce(0) { $0 + $1.failed }
    let paused = Double(spans.count { $0.isPaused }) * pace.seconds
    var text = "\(PageWords.count(settled, "row")) in about \(PageWords.duration(seconds)): "
    text += "at best \(PageWords.decimal(highestRate)) a second. "
    text += throttled > 0 ? "The API answered 429 \(PageWords.count(throttled, "time")). " : "Never throttled. "
    if paused > 0 { text += "Sending paused in about \(PageWords.duration(paused)). " }
    if failed > 0 { text += "\(PageWords.count(failed, "request")) ended without an answer. " }
    var all = LatencyCounts()
    for span in spans { all.add(span.latencies) }
    if let median = all.quantile(0.5), let slow = all.quantile(0.95) {
      text +=
        "Half of the answers came within \(PageWords.latency(median)), 95 of 100 within \(PageWords.latency(slow))."
    }
    return text
  }

  func write(to html: inout HTMLText) {
    html.element("svg", ["viewBox": "0 0 720 306", "role": "img", "aria-label": "Pace over time. \(words)"]) { html in
      writePauses(to: &html)
      writeThroughput(to: &html)
      writeLatency(to: &html)
      writeTime(to: &html)
    }
  }

  private var highestRate: Double { (pace.spans.map { Double($0.settled) / pace.seconds }).max() ?? 0 }
  private var step: Double { (Self.right - Self.left) / Double(max(pace.spans.count, 1)) }
  private func x(_ index: Int) -> Double { Self.left + Double(index) * step }

  private func writePauses(to html: inout HTMLText) {
    for (index, span) in pace.spans.enumerated() where span.isPaused {
      html.rectangle(
        "pause", x: x(index), y: Self.top, width: step, height: Self.latencyBottom - Self.top,
        title: "Paused, as the API asked")
    }
  }

  private func writeThroughput(to html: inout HTMLText) {
    let limits = pace.spans.map(\.limit)
    let highestLimit = limits.max() ?? 0
    let showsLimit = highestLimit > 0 && highestLimit <= 3 * max(highestRate, 1)
    let end = SVG.roundEnd(max(highestRate, showsLimit ? highestLimit : 0))
    func y(_ rate: Double) -> Double { Self.bottom - min(rate / end, 1) * (Self.bottom - Self.top) }
    writeGrid(end, Self.top, Self.bottom, to: &html) { PageWords.decimal($0) }
    html.label("Rows a second", x: Self.left, y: Self.top - 8, strong: true)
    for (index, span) in pace.spans.enumerated() where span.settled > 0 {
      let height = Self.bottom - y(Double(span.settled) / pace.seconds)
      html.rectangle("throughput", x: x(index), y: Self.bottom - height, width: step * 0.92, height: height)
    }
    if showsLimit {
      html.path("limit", Self.path(limits.enumerated().compactMap { $1 > 0 ? (x($0) + step / 2, y($1)) : nil }))
      writeSample("limit-sample", "limit", right: Self.right, y: Self.top - 8, to: &html)
    }
    for (index, span) in pace.spans.enumerated() where span.throttled > 0 {
      let middle = x(index) + step / 2
      html.path("throttle", Self.triangle(middle, Self.bottom + 3))
    }
    if pace.spans.contains(where: { $0.throttled > 0 }) {
      html.path("throttle", Self.triangle(Self.left + 108, Self.top - 17))
      html.label("429", x: Self.left + 118, y: Self.top - 8)
    }
  }

  private static func triangle(_ x: Double, _ y: Double) -> String {
    "M\(SVG.number(x)) \(SVG.number(y))l5 9h-10z"
  }

  private func writeLatency(to html: inout HTMLText) {
    let medians = pace.spans.map { $0.latencies.quantile(0.5) }
    let slow = pace.spans.map { $0.latencies.quantile(0.95) }
    let end = SVG.roundEnd(slow.compactMap { $0 }.max() ?? 1)
    func points(_ values: [Double?]) -> [(Double, Double)] {
      values.enumerated().compactMap { index, value in
        value.map {
          (x(index) + step / 2, Self.latencyBottom - min($0 / end, 1) * (Self.latencyBottom - Self.latencyTop))
        }
      }
    }
    writeGrid(end, Self.latencyTop, Self.latencyBottom, to: &html) { PageWords.latency($0) }
    html.label("Answers came within", x: Self.left, y: Self.latencyTop - 10, strong: true)
    writeSample("median-sample", "half of them", right: Self.right - 150, y: Self.latencyTop - 10, to: &html)
    writeSample("slow-sample", "95 of 100", right: Self.right, y: Self.latencyTop - 10, to: &html)
    html.path("slow", Self.path(points(slow)))
    html.path("median", Self.path(points(medians)))
  }

  /// What a colour means: a piece of it, and words before a place.
  private func writeSample(
    _ style: String, _ words: String, right: Double, y: Double, to html: inout HTMLText
  ) {
    html.label(words, x: right, y: y, anchor: "end")
    html.rectangle(style, x: right + 3, y: y - 6, width: 14, height: 4)
  }

  private func writeGrid(
    _ end: Double, _ top: Double, _ bottom: Double, to html: inout HTMLText, _ words: (Double) -> String
  ) {
    for value in SVG.thirds(end) {
      let y = bottom - value / end * (bottom - top)
      html.line("grid-line", x1: Self.left, y1: y, x2: Self.right, y2: y)
      html.label(value == 0 ? "0" : words(value), x: Self.left - 7, y: y + 4, anchor: "end")
    }
  }

  private func writeTime(to html: inout HTMLText) {
    let seconds = Double(pace.spans.count) * pace.seconds
    for (share, anchor) in [(0.0, "start"), (0.5, "middle"), (1.0, "end")] {
      html.label(
        share == 0 ? "begin" : PageWords.duration(seconds * share), x: Self.left + (Self.right - Self.left) * share,
        y: Self.latencyBottom + 20, anchor: anchor)
    }
  }

  private static func path(_ points: [(Double, Double)]) -> String {
    points.enumerated().map { "\($0 == 0 ? "M" : "L")\(SVG.number($1.0)) \(SVG.number($1.1))" }.joined()
  }
}
