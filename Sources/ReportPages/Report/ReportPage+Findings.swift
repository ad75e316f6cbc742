import BillModel
import BillReports

/// The findings: how many of each code, what they mean, and the first rows.
extension ReportPage {
  /// Codes with rows; the rest is named in one line.
  private static let mostGroups = 25
  private static let mostRows = 5
  /// Characters of a row that are shown, around what is wrong.
  private static let mostCharacters = 300

  func writeFindings(to html: inout HTMLText) {
    guard !material.findings.isEmpty else { return }
    html.section("findings", "What was found", class: "long") { html in
      if material.findings.count > 1 {
        html.element("figure") { html in
          FindingBars(counts: material.findings.map(\.count)).write(to: &html)
        }
      }
      for finding in material.findings.prefix(Self.mostGroups) { write(finding, to: &html) }
      let rest = material.findings.dropFirst(Self.mostGroups)
      if !rest.isEmpty {
        let names = rest.map { "\($0.count.code.rawValue) \(MoneyText.count($0.count.count))" }
        html.element("p", text: "And \(PageWords.count(rest.count, "more kind")): \(names.joined(separator: ", ")).")
      }
    }
  }

  private func write(_ finding: PageFinding, to html: inout HTMLText) {
    let code = finding.count.code
    let isError = finding.count.severity == .error
    html.element("div", ["class": "finding", "id": code.rawValue]) { html in
      html.element("h3") { html in
        html.sentence(code.explanation.what)
        html.element(
          "span", ["class": "badge \(isError ? "bad" : "warn")"],
          text: "\(isError ? "✗ error" : "! warning") · \(times(finding.count.count))")
      }
      html.element("p", ["class": "soft"]) { html in
        html.element("code", text: code.rawValue)
        html.text(" \(code.explanation.why)")
      }
      writeCures(finding, to: &html)
      writeRows(finding, to: &html)
    }
  }

  private func times(_ count: Int) -> String { count == 1 ? "once" : "\(MoneyText.count(count)) times" }

  private func writeCures(_ finding: PageFinding, to html: inout HTMLText) {
    html.element("div", ["class": "cure"]) { html in
      for mend in finding.mends {
        html.element("p", text: Masking.oneLine(mend.message))
        html.element("pre", ["tabindex": "0"], text: Masking.oneLine(mend.line))
      }
      if finding.mends.isEmpty { html.element("p") { $0.sentence(finding.count.code.explanation.cure) } }
    }
  }

  /// The first rows, each behind what is wrong with it; a message that was just told isn't told again.
  private func writeRows(_ finding: PageFinding, to html: inout HTMLText) {
    let rows = finding.rows.prefix(Self.mostRows)
    guard !rows.isEmpty else { return }
    var told = ""
    for row in rows {
      let message = Masking.oneLine("\(Self.sentence(row.message)) \(row.hint)")
      if message != told {
        html.element("p") { html in
          if row.line > 0 { html.element("b", text: "Line \(MoneyText.count(row.line)): ") }
          html.sentence(message)
        }
      }
      told = message
      if !row.pieces.isEmpty { writeExcerpt(row, to: &html) }
    }
    let left = finding.count.count - rows.count
    guard left > 0 else { return }
    html.element("p", ["class": "soft"]) { html in
      html.text("… and \(MoneyText.count(left)) more")
      guard material.fileNames.contains("issues.csv") else { return }
      html.text(": all of them are in ")
      html.element("a", ["href": "issues.csv"], text: "issues.csv")
    }
  }

  private func writeExcerpt(_ row: PageFinding.Row, to html: inout HTMLText) {
    let (range, isCut) = Self.shownPieces(row)
    html.element("pre", ["tabindex": "0", "aria-label": "Line \(row.line) of the file"]) { html in
      html.element("span", ["class": "n"], text: "\(row.line) │ ")
      if range.lowerBound > 0 { html.text("… ") }
      for index in range {
        let piece = Masking.oneLine(row.pieces[index])
        if index == row.marked {
          html.element("mark", text: piece.isEmpty ? "(empty)" : piece)
        } else {
          html.text(piece)
        }
      }
      if isCut { html.text(" …") }
    }
  }

  /// As many pieces around the marked one as there is room for; whether some behind them are left out.
  private static func shownPieces(_ row: PageFinding.Row) -> (Range<Int>, isCut: Bool) {
    let centre = min(row.marked ?? 0, row.pieces.count - 1)
    var (low, high) = (centre, centre + 1)
    var room = mostCharacters - row.pieces[centre].count
    while room > 0, low > 0 || high < row.pieces.count {
      if high < row.pieces.count {
        room -= row.pieces[high].count
        high += 1
      }
      if low > 0, room > 0 {
        low -= 1
        room -= row.pieces[low].count
      }
    }
    return (low..<high, high < row.pieces.count)
  }

  private static func sentence(_ text: String) -> String {
    text.last.map { ".!?".contains($0) } == true ? text : text + "."
  }
}
