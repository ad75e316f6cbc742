import BillModel

/// `index.html`: how the last runs of each kind of file went.
struct IndexPage {
  /// The latest first.
  let entries: [FileRunEntry]
  /// How feeds stand beside their reports.
  var standings: [FeedStanding] = []
  let now: WallTime

  /// So many runs of a series are shown.
  private static let most = 90
  /// So many of them without being asked for.
  private static let shown = 10

  var utf8: [UInt8] {
    let series = self.series
    let several = series.filter { $0.runs.count > 1 || standing(of: $0.name) != nil }
    let single = series.filter { $0.runs.count == 1 && standing(of: $0.name) == nil }.flatMap(\.runs)
    let needs = needs(series)
    return PageFrame.page(
      title: "Bill files: \(headline(needs).words)", header: { writeHeader(needs, to: &$0) },
      main: { html in
        if !needs.isEmpty { NeedSection(entries: needs).write(to: &html) }
        for (index, one) in several.enumerated() { write(one, id: "series-\(index)", to: &html) }
        if !single.isEmpty {
          html.section("single", several.isEmpty ? "Files" : "Files that came once", class: "long") { html in
            RunTable(runs: Array(single.prefix(Self.most)), label: "Runs of files that came once").write(to: &html)
          }
        }
      }, footer: "Written by billdrop \(Product.version) on \(PageWords.moment(now)), after each run.")
  }

  /// Runs of one kind of file, the latest first.
  struct Series {
    let name: String
    let runs: [FileRunEntry]

    /// What the series stands at: its latest run, or the latest that is held or stopped still. A report is written
    /// anew when its file goes on.
    var standing: FileRunEntry? {
      runs.enumerated().first { isOpen($0.element, at: $0.offset) }?.element ?? runs.first
    }

    /// Whether a run waits for somebody; of a held file that another of its name came for, nobody waits.
    private func isOpen(_ run: FileRunEntry, at index: Int) -> Bool {
      if run.isTrial { return false }
      if run.verdict == .stopped { return true }
      return run.verdict == .held
        && !runs[..<index].contains { !$0.isTrial && $0.fileName == run.fileName && $0.shortDigest != run.shortDigest }
    }
  }

  /// By their latest run, the latest first; feeds that have no report yet after them.
  private var series: [Series] {
    let gone = Set(standings.flatMap(\.takenAway))
    var order: [String] = []
    var runs: [String: [FileRunEntry]] = [:]
    for entry in entries where entry.verdict != .held || !gone.contains(entry.shortDigest) {
      if runs[entry.series] == nil { order.append(entry.series) }
      guard runs[entry.series, default: []].count < Self.most else { continue }
      runs[entry.series, default: []].append(entry)
    }
    order += standings.filter { runs[$0.feed] == nil && !$0.needs.isEmpty && !$0.feed.isEmpty }.map(\.feed)
    return order.map { Series(name: $0, runs: runs[$0] ?? []) }
  }

  private func standing(of series: String) -> FeedStanding? { standings.first { $0.feed == series } }

  /// Runs that wait for somebody, and what feeds have beside them, the gravest first.
  private func needs(_ series: [Series]) -> [NeedSection.Entry] {
    var needs: [NeedSection.Entry] = []
    for standing in standings {
      for need in standing.needs {
        guard let verdict = Verdict(rawValue: need.verdict) else { continue }
        needs.append(
          NeedSection.Entry(
            verdict: verdict,
            title: verdict == .missing || standing.feed.isEmpty ? need.file : "\(standing.feed): \(need.file)",
            reason: need.reason, next: need.next, path: need.path, link: report(of: need, verdict)?.link))
      }
    }
    needs += troubled(series).filter { run in !needs.contains { $0.link == run.link } }.map(Self.need)
    return needs.sorted { $0.verdict.gravity > $1.verdict.gravity }
  }

  /// Where series stand that somebody has to look at. A check sends nothing: it needs nobody, unless nothing else was
  /// done here.
  private func troubled(_ series: [Series]) -> [FileRunEntry] {
    let all = series.compactMap(\.standing)
    let latest = all.contains { !$0.isTrial } || !standings.isEmpty ? all.filter { !$0.isTrial } : all
    // What a ledger knows of files rejected whole, or of rows that were, goes before what their reports said then.
    return latest.filter { run in
      switch run.verdict {
      case .complete, .duplicate: false
      case .fileRejected: standing(of: run.series) == nil && !isKnownByLedger(run)
      case .completeWithRejects: !isKnownByLedger(run)
      default: true
      }
    }
  }

  /// Whether a ledger says which files have open rows, of those among which this one is.
  private func isKnownByLedger(_ run: FileRunEntry) -> Bool { !run.isTrial && standing(of: run.feed ?? "") != nil }

  private static func need(_ run: FileRunEntry) -> NeedSection.Entry {
    let rows = PageWords.count(run.open, "row")
    let reason =
      switch run.verdict {
      case .completeWithRejects: "\(rows) of \(MoneyText.count(run.read)) \(run.open == 1 ? "is" : "are") not through."
      case .stopped: "\(rows) of \(MoneyText.count(run.read)) \(run.open == 1 ? "is" : "are") left."
      case .fileRejected: "The file as a whole can't be used; nothing of it was sent."
      default: "It waits to be let through; nothing more of it is sent before."
      }
    return NeedSection.Entry(
      verdict: run.verdict, title: run.fileName, reason: reason, next: "Its report says why, and what to do.",
      path: nil,
      link: run.link)
  }

  /// The report of a file that stands at a verdict.
  private func report(of need: FeedStanding.Need, _ verdict: Verdict) -> FileRunEntry? {
    entries.first { entry in
      !entry.isTrial && entry.verdict == verdict
        && (need.digest.map { $0 == entry.shortDigest } ?? (entry.fileName == need.file))
    }
  }

  /// How many things need somebody, in the colour of the gravest.
  private func headline(_ needs: [NeedSection.Entry]) -> (mark: (colour: String, sign: String), words: String) {
    guard let gravest = needs.first else { return (VerdictWords.mark(.complete), "All is well") }
    return (
      VerdictWords.mark(gravest.verdict), PageWords.count(needs.count, "thing needs", "things need") + " somebody"
    )
  }

  private func writeHeader(_ needs: [NeedSection.Entry], to html: inout HTMLText) {
    let headline = headline(needs)
    html.element("div", ["class": "verdict \(headline.mark.colour)"]) { html in
      html.element("p", ["class": "sign", "aria-hidden": "true"]) { $0.element("span", text: headline.mark.sign) }
      html.element("div") { html in
        html.element("p", ["class": "file"], text: "Bill files")
        html.element("h1", text: headline.words)
        if let latest = entries.first {
          html.element(
            "p", ["class": "when"],
            text: "The last run was \(Masking.oneLine(latest.fileName)) on \(PageWords.moment(latest.startedAt)): "
              + "\(VerdictWords.short(latest.verdict)).")
        }
      }
    }
  }

  private func write(_ series: Series, id: String, to html: inout HTMLText) {
    guard let standing = series.standing, !series.runs.isEmpty else { return }
    let beside = self.standing(of: series.name)
    let verdict = beside?.gravest.flatMap { $0.gravity > standing.verdict.gravity ? $0 : nil } ?? standing.verdict
    let mark = VerdictWords.mark(verdict)
    html.element("section", ["aria-labelledby": id, "class": "long"]) { html in
      html.element("h2", ["id": id]) { html in
        html.text(Masking.oneLine(series.name))
        html.raw(" ")
        html.element("span", ["class": "badge \(mark.colour)"], text: "\(mark.sign) \(VerdictWords.short(verdict))")
      }
      html.element("div", ["class": "two"]) { html in
        NightCalendar(runs: series.runs, nights: beside?.nights ?? [], today: PageWords.day(now)).write(to: &html)
        html.element("figure") { html in
          let trend = TrendChart(runs: series.runs.reversed())
          trend.write(to: &html)
          html.element("figcaption", text: trend.words)
        }
      }
      RunTable(runs: Array(series.runs.prefix(Self.shown)), label: "The last runs of \(series.name)").write(to: &html)
      let earlier = Array(series.runs.dropFirst(Self.shown))
      guard !earlier.isEmpty else { return }
      html.element("details") { html in
        html.element("summary", text: PageWords.count(earlier.count, "earlier run"))
        RunTable(runs: earlier, label: "Earlier runs of \(series.name)").write(to: &html)
      }
    }
  }
}

extension Verdict {
  /// How much it wants somebody, from 0.
  var gravity: Int {
    switch self {
    case .complete, .duplicate: 0
    case .completeWithRejects: 1
    case .held: 2
    case .stopped: 3
    case .missing: 4
    case .fileRejected: 5
    }
  }
}

extension FeedStanding {
  /// The gravest of what needs somebody.
  var gravest: Verdict? {
    needs.compactMap { Verdict(rawValue: $0.verdict) }.max { $0.gravity < $1.gravity }
  }
}

extension FileRunEntry {
  /// The first digits of its file's digest, as its report's folder has them.
  var shortDigest: String { String(folder.prefix { $0 != "/" }.suffix(12)) }

  /// Where its report is, as a link of the index.
  var link: String { PageWords.link("./\(folder)/\(hasPage ? "report.html" : "summary.json")") }
}
