import BillModel

/// What needs somebody, one below the other: what it is, why, where it lies, what to do.
struct NeedSection {
  /// One thing.
  struct Entry {
    var verdict: Verdict
    var title: String
    var reason: String
    var next: String
    var path: String?
    /// Its report, as a link of the index.
    var link: String?
  }

  let entries: [Entry]

  /// So many are shown; the others are counted.
  private static let most = 50

  func write(to html: inout HTMLText) {
    html.section("needs", "What needs somebody", class: "long") { html in
      html.element("ul", ["class": "needs"]) { html in
        for entry in entries.prefix(Self.most) { html.element("li") { write(entry, to: &$0) } }
      }
      let more = entries.count - Self.most
      if more > 0 { html.element("p", ["class": "soft"], text: "And \(PageWords.count(more, "more thing")).") }
    }
  }

  private func write(_ entry: Entry, to html: inout HTMLText) {
    let mark = VerdictWords.mark(entry.verdict)
    html.element("h3") { html in
      html.element(
        "span", ["class": "badge \(mark.colour)"], text: "\(mark.sign) \(VerdictWords.short(entry.verdict))")
      html.raw(" ")
      if let link = entry.link {
        html.element("a", ["href": link], text: Masking.oneLine(entry.title))
      } else {
        html.text(Masking.oneLine(entry.title))
      }
    }
    html.element("p") { $0.sentence(Masking.oneLine(entry.reason)) }
    if let path = entry.path {
      html.element("p", ["class": "soft"]) { html in
        html.text("It lies in ")
        html.element("code", text: Masking.oneLine(path))
      }
    }
    html.element("p", ["class": "cure"]) { $0.sentence(Masking.oneLine(entry.next)) }
  }
}
