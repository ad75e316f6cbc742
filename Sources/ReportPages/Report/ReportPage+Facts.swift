import BillModel
import BillReports
import Hashing

/// What lies beside the page, and how the file was run.
extension ReportPage {
  func writeFiles(to html: inout HTMLText) {
    html.section("files", "Beside this page") { html in
      html.element("ul", ["class": "files"]) { html in
        for name in material.fileNames + ["summary.json"] {
          html.element("li") { html in
            html.element("a", ["href": PageWords.link("./" + name)], text: Masking.oneLine(name))
            html.text(": \(Self.about(name))")
          }
        }
        html.element("li", ["class": "up"]) { html in
          html.element("a", ["href": "../../index.html"], text: "All files")
          html.text(": the last runs of each kind of file")
        }
      }
    }
  }

  private static func about(_ name: String) -> String {
    switch name {
    case "rows.csv": "every row with its outcome, its bill's id and its attempts"
    case "issues.csv": "every finding, with what would be right"
    case "summary.json": "the figures of this page, for programs"
    case "rejected.reasons.csv": "why each of the rows to mend was rejected"
    default: "the rows to mend, as they came; not masked"
    }
  }

  func writeFacts(to html: inout HTMLText) {
    html.section("facts", "How it ran") { html in
      html.element("dl") { html in
        for (name, value) in facts {
          html.element("dt", text: name)
          html.element("dd", text: Masking.oneLine(value))
        }
      }
    }
  }

  private var facts: [(String, String)] {
    let facts = material.facts
    var list = [
      ("File", "\(summary.fileName), \(PageWords.bytes(summary.byteCount))"),
      ("SHA-256", summary.digest?.hex ?? "unknown: it could not be read to its end"),
      ("Layout", "\(facts.layoutName) (\(facts.layoutDigest))"),
    ]
    if let endpoint = facts.endpoint { list.append(("API", endpoint + (facts.mode.map { ", \($0) key" } ?? ""))) }
    if let path = facts.path { list.append(("Read from", path)) }
    if !isCheck { list += requests }
    if summary.requests.sent > 0 || summary.foresees, let limits { list.append(("Limits", limits)) }
    if let skew = summary.clockSkew {
      list.append(("Clock", "this machine's is \(abs(skew) / 1000) s \(skew > 0 ? "behind" : "ahead of") the API's"))
    }
    if let ledger = facts.ledger { list.append(("Ledger", ledger)) }
    list.append(("billdrop", facts.version))
    return list
  }

  private var requests: [(String, String)] {
    let requests = summary.requests
    guard requests.sent > 0 || requests.throttled > 0 else { return [("Requests", "none")] }
    let bills = summary.accounting.count(of: [.created, .unchanged, .updated, .refused, .conflict])
    var list = [
      (
        "Requests",
        "\(MoneyText.count(requests.sent)) to create, \(MoneyText.count(requests.retried)) of them repeated; "
          + "\(MoneyText.count(requests.throttled)) answered 429, \(MoneyText.count(requests.replayed)) from the API's store"
      )
    ]
    if bills > 0, requests.sent > 0 {
      let hundredths = Int((Double(requests.sent) * 100 / Double(bills)).rounded())
      list.append(("Requests a bill", "\(hundredths / 100).\(PageWords.two(hundredths % 100))"))
    }
    return list
  }

  private var limits: String? {
    let facts = material.facts
    guard let inFlight = facts.inFlight else { return nil }
    var words: [String] = []
    if let rate = facts.rate {
      words.append("at most \(PageWords.decimal(rate)) requests a second")
    } else if let last = facts.lastRate {
      words.append("none stated; \(PageWords.decimal(last)) requests a second were allowed at the end")
    }
    if let burst = facts.burst, burst > 1 { words.append("\(MoneyText.count(burst)) at once after idling") }
    words.append("\(MoneyText.count(inFlight)) in flight")
    return words.joined(separator: ", ")
  }
}
