import BillModel

/// The last 13 weeks, a day a field: what came, and how it went. A field that is marked leads to its report.
struct NightCalendar {
  private let byDay: [CivilDate: FileRunEntry]
  private let days: [CivilDate]

  /// - Parameters:
  ///   - runs: the latest first.
  ///   - today: the calendar's last day.
  init(runs: [FileRunEntry], today: CivilDate?) {
    var byDay: [CivilDate: FileRunEntry] = [:]
    for run in runs {
      guard let day = run.day else { continue }
      if let other = byDay[day], other.verdict.gravity >= run.verdict.gravity { continue }
      byDay[day] = run
    }
    self.byDay = byDay
    guard let today else {
      days = []
      return
    }
    let first = today.advanced(byDays: -(12 * 7 + today.daysSinceMonday))
    days = (0...(12 * 7 + today.daysSinceMonday)).map { first.advanced(byDays: $0) }
  }

  func write(to html: inout HTMLText) {
    html.element("div") { html in
      html.element("ul", ["class": "nights", "aria-label": "The last 13 weeks, day by day"]) { html in
        for day in days { html.element("li") { write(day, to: &$0) } }
      }
      html.element("p", ["class": "soft"], text: words)
    }
  }

  private func write(_ day: CivilDate, to html: inout HTMLText) {
    guard let run = byDay[day] else {
      return html.element("i", ["class": "none", "title": "\(day): no file"]) { html in
        html.element("span", ["aria-hidden": "true"], text: "·")
      }
    }
    let mark = VerdictWords.mark(run.verdict)
    let label = "\(day): \(VerdictWords.short(run.verdict)), \(PageWords.count(run.read, "row"))"
    html.element(
      "a", ["class": mark.colour, "href": run.link, "title": label, "aria-label": label], text: mark.sign)
  }

  /// What it shows, in words.
  private var words: String {
    let shown = days.compactMap { byDay[$0] }
    let kinds = Verdict.allCases.compactMap { verdict -> String? in
      let count = shown.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(VerdictWords.mark(verdict).sign) \(VerdictWords.short(verdict))" : nil
    }
    guard let first = days.first, let last = days.last else { return "" }
    return "\(first) to \(last), weeks from left to right, Monday on top: "
      + (kinds + ["\(days.count - shown.count) without a file"]).joined(separator: ", ") + "."
  }
}
