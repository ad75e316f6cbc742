import BillModel

/// `index.html`: how the last runs of each kind of file went.
struct IndexPage {
  /// The latest first.
  let entries: [FileRunEntry]
  let now: WallTime

  /// So many runs of a series are shown.
  private static let most = 90
  /// So many of them without being asked for.
  private static let shown = 10

  var utf8: [UInt8] {
    let series = self.series
    let several = series.filter { $0.runs.count > 1 }
    let single = series.filter { $0.runs.count == 1 }.flatMap(\.runs)
    return PageFrame.page(
      title: "Bill files: \(headline(series).words)", header: { writeHeader(series, to: &$0) },
      main: { html in
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
      runs.first { !$0.isTrial && [.held, .stopped].contains($0.verdict) } ?? runs.first
    }
  }

  /// By their latest run, the latest first.
  private var series: [Series] {
    var order: [String] = []
    var runs: [String: [FileRunEntry]] = [:]
    for entry in entries {
      if runs[entry.series] == nil { order.append(entry.series) }
      guard runs[entry.series, default: []].count < Self.most else { continue }
      runs[entry.series, default: []].append(entry)
    }
    return order.map { Series(name: $0, runs: runs[$0] ?? []) }
  }

  /// The gravest of the latest runs, and of those that still wait to be let through or gone on with.
  private func headline(_ series: [Series]) -> (mark: (colour: String, sign: String), words: String) {
    // A check sends nothing: it needs nobody, unless nothing else was done here.
    let all = series.compactMap(\.standing)
    let latest = all.contains { !$0.isTrial } ? all.filter { !$0.isTrial } : all
    let troubled = latest.filter { ![.complete, .duplicate].contains($0.verdict) }
    guard let first = troubled.max(by: { $0.verdict.gravity < $1.verdict.gravity }) else {
      return (VerdictWords.mark(.complete), "All is well")
    }
    let words = "\(PageWords.count(troubled.count, "kind of file needs", "kinds of file need")) somebody"
    return (VerdictWords.mark(first.verdict), words)
  }

  private func writeHeader(_ series: [Series], to html: inout HTMLText) {
    let headline = headline(series)
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
    guard let latest = series.runs.first else { return }
    let mark = VerdictWords.mark(latest.verdict)
    html.element("section", ["aria-labelledby": id, "class": "long"]) { html in
      html.element("h2", ["id": id]) { html in
        html.text(Masking.oneLine(series.name))
        html.raw(" ")
        html.element(
          "span", ["class": "badge \(mark.colour)"], text: "\(mark.sign) \(VerdictWords.short(latest.verdict))")
      }
      html.element("div", ["class": "two"]) { html in
        NightCalendar(runs: series.runs, today: PageWords.day(now)).write(to: &html)
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

extension FileRunEntry {
  /// Where its report is, as a link of the index.
  var link: String { PageWords.link("./\(folder)/\(hasPage ? "report.html" : "summary.json")") }
}
