import BillModel
package import BillReports

/// `report.html` of one file: the verdict, what to do, every row and cent, and how it went.
///
/// Its size is bounded whatever the file's: findings are shown by code, with a few rows each.
package struct ReportPage {
  let summary: Summary
  let material: PageMaterial

  package init(_ summary: Summary, _ material: PageMaterial) {
    self.summary = summary
    self.material = material
  }

  /// The page, UTF-8.
  package var utf8: [UInt8] {
    let verdict = VerdictWords(summary)
    return PageFrame.page(
      title: "\(verdict.sign) \(Masking.oneLine(summary.fileName)): \(verdict.words)",
      header: { writeHeader(verdict, to: &$0) },
      main: { html in
        writeNextSteps(to: &html)
        if summary.accounting.recordsRead > 0 { writeAccounting(to: &html) }
        if summary.verdict == .held { writeHistory(to: &html) }
        writeFindings(to: &html)
        writePace(to: &html)
        writeAmounts(to: &html)
        if summary.verdict != .held { writeHistory(to: &html) }
        writeFiles(to: &html)
        writeFacts(to: &html)
      },
      footer:
        "Written by billdrop \(material.facts.version). \(masking)"
    )
  }

  private var masking: String {
    material.isUnmasked
      ? "This page shows rows as they are, with names and numbers: it is for your eyes."
      : "Names, emails, telephone and identity numbers are masked on this page."
  }

  /// Whether nothing was to be sent.
  var isCheck: Bool { summary.command == "validate" }

  private func writeHeader(_ verdict: VerdictWords, to html: inout HTMLText) {
    html.element("div", ["class": "verdict \(verdict.colour)"]) { html in
      html.element("p", ["class": "sign", "aria-hidden": "true"]) { $0.element("span", text: verdict.sign) }
      html.element("div") { html in
        html.element("p", ["class": "file"], text: Masking.oneLine(summary.fileName))
        html.element("h1", text: verdict.words)
        if let reason = summary.reason { html.element("p") { $0.sentence(Masking.oneLine(reason)) } }
        html.element("p", ["class": "when"], text: when)
      }
    }
    writeTiles(to: &html)
  }

  /// What took less tells nothing of how fast it goes.
  static let leastSeconds = 2.0

  private var when: String {
    let verb = isCheck ? "Checked" : "Begun"
    let mode = material.facts.mode.map { " · \($0) key" } ?? ""
    let took =
      material.facts.isRebuilt
      ? " · written again from the ledger"
      : summary.seconds < Self.leastSeconds ? "" : " · took \(PageWords.duration(summary.seconds))"
    return "\(verb) \(PageWords.moment(summary.startedAt))\(took)\(mode)"
  }

  /// What one wants to know first.
  private func writeTiles(to html: inout HTMLText) {
    let accounting = summary.accounting
    guard accounting.recordsRead > 0 else { return }
    let good = isCheck ? summary.recordsValid : accounting.count(of: [.created, .unchanged, .updated])
    let open = isCheck ? summary.recordsInvalid : accounting.recordsRead - good
    html.element("ul", ["class": "tiles"]) { html in
      html.tile(MoneyText.count(accounting.recordsRead), "rows read")
      html.tile(
        MoneyText.count(good), isCheck ? "rows good" : summary.foresees ? "rows would go through" : "rows with Moment")
      html.tile(MoneyText.count(open), isCheck ? "rows to mend" : "rows to look at")
      for currency in accounting.currencies.prefix(3) {
        let sums = accounting.money[currency] ?? [:]
        let through: [RowOutcome] = isCheck ? [.notSent] : [.created, .unchanged, .updated]
        let amount = through.reduce(Int64(0)) { $0 + (sums[$1] ?? 0) }
        let read = MoneyText.major(accounting.moneyRead[currency] ?? 0, currency)
        html.tile(
          MoneyText.major(amount, currency), "\(currency) \(isCheck ? "good" : "with Moment"), of \(read)")
      }
    }
  }

  private func writeNextSteps(to html: inout HTMLText) {
    let steps = NextSteps(
      summary, fileNames: material.fileNames, facts: material.facts,
      hasLine: material.findings.contains { !$0.mends.isEmpty }
    ).steps
    html.section("next", "What to do") { html in
      html.element("ul", ["class": steps.count > 1 ? "steps" : "one"]) { html in
        for step in steps {
          html.element("li") { html in
            for part in step.parts {
              switch part {
              case .words(let words): html.sentence(words)
              case .code(let code): html.element("code", text: Masking.oneLine(code))
              case .link(let name):
                html.element("a", ["href": PageWords.link("./" + name)], text: Masking.oneLine(name))
              }
            }
          }
        }
      }
    }
  }
}

extension Accounting {
  /// The currencies of the file.
  var currencies: [CurrencyCode] { Set(moneyRead.keys).union(money.keys).sorted() }
}
