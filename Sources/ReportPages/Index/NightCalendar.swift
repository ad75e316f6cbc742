import BillModel

/// The last 13 weeks, a day a field: what came, how it went, and what was late or didn't come. A field that is marked
/// leads to its report where there is one.
struct NightCalendar {
  private let byDay: [CivilDate: FileRunEntry]
  /// Days whose file didn't come in time; `nil` for one that never came.
  private let untimely: [CivilDate: WallTime?]
  private let days: [CivilDate]

  /// - Parameters:
  ///   - runs: the latest first.
  ///   - nights: those of the feed whose file didn't come in time.
  ///   - today: the calendar's last day.
  init(runs: [FileRunEntry], nights: [FeedStanding.Night] = [], today: CivilDate?) {
    var byDay: [CivilDate: FileRunEntry] = [:]
    for run in runs {
      guard let day = run.day else { continue }
      if let other = byDay[day], other.verdict.gravity >= run.verdict.gravity { continue }
      byDay[day] = run
    }
    self.byDay = byDay
    var untimely: [CivilDate: WallTime?] = [:]
    for night in nights {
      guard let date = CivilDate(dashed: night.date) else { continue }
      untimely[date] = .some(night.cameAt.flatMap { WallTime(rfc3339: $0) })
    }
    self.untimely = untimely
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
    let timing = timing(of: day)
    guard let run = byDay[day] else {
      let (colour, sign, words) = timing ?? ("none", "·", "no file")
      return html.element("i", ["class": colour, "title": "\(day): \(words)"]) { html in
        html.element("span", ["aria-hidden": "true"], text: sign)
        if timing != nil { html.element("span", ["class": "heard"], text: "\(day): \(words)") }
      }
    }
    let verdict = VerdictWords.mark(run.verdict)
    // A file of another day may have come on a day whose own is missing.
    let isMild = run.verdict.gravity <= Verdict.completeWithRejects.gravity
    let mark = isMild ? timing.map { ($0.colour, $0.sign) } ?? verdict : verdict
    let label =
      "\(day): \(VerdictWords.short(run.verdict)), \(PageWords.count(run.read, "row"))"
      + (timing.map { "; \($0.words)" } ?? "")
    html.element(
      "a", ["class": mark.0, "href": run.link, "title": label, "aria-label": label], text: mark.1)
  }

  /// How a day's file came that didn't come in time.
  private func timing(of day: CivilDate) -> (colour: String, sign: String, words: String)? {
    guard let came = untimely[day] else { return nil }
    guard let came else { return ("bad", VerdictWords.mark(.missing).sign, "the file that was due never came") }
    let date = PageWords.day(came).map { "\($0) " } ?? ""
    return ("warn", "↷", "the file that was due came late, on \(date)at \(PageWords.time(came))")
  }

  /// What it shows, in words.
  private var words: String {
    let shown = days.compactMap { byDay[$0] }
    var kinds = Verdict.allCases.compactMap { verdict -> String? in
      let count = shown.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(VerdictWords.mark(verdict).sign) \(VerdictWords.short(verdict))" : nil
    }
    let late = days.compactMap { untimely[$0] }
    let missing = late.count { $0 == nil }
    if late.count > missing { kinds.append("\(late.count - missing) ↷ late") }
    if missing > 0 { kinds.append("\(missing) \(VerdictWords.mark(.missing).sign) missing") }
    guard let first = days.first, let last = days.last else { return "" }
    return "\(first) to \(last), weeks from left to right, Monday on top: "
      + (kinds + ["\(days.count - shown.count) without a file"]).joined(separator: ", ") + "."
  }
}
