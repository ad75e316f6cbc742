import BillModel
import BillReports
import RunPipeline

/// A file's result for a terminal: the verdict first, then the accounting, then what is to do.
struct SummaryText {
  let result: FileResult
  let coloured: Bool

  /// At most 25 lines, each with a line feed.
  var text: String {
    var lines = [headline]
    if let reason = result.summary.reason { lines.append("  \(reason)") }
    if result.summary.accounting.recordsRead > 0 { lines += accountingLines }
    lines += findingLines
    if let folder = result.summary.reportFolder { lines.append("  report   \(Masking.printable(folder))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var headline: String {
    let summary = result.summary
    let (sign, colour) = mark(summary.verdict)
    return "\(paint(sign, colour)) \(paint(Masking.printable(summary.fileName), "1")): \(verdictText)"
  }

  private var verdictText: String {
    let summary = result.summary
    if result.wasDoneAlready { return "was done already, nothing sent" }
    let checked = summary.command == "validate"
    if summary.verdict == .complete, summary.accounting.recordsRead == 0 { return "no rows, only its heading row" }
    switch summary.verdict {
    case .complete: return checked ? "every row is good" : "complete"
    case .completeWithRejects: return checked ? "some rows are not good" : "complete, with rows to mend"
    case .fileRejected: return "the file as a whole is rejected" + (checked ? "" : ", nothing was sent")
    case .held: return "held for approval, nothing was sent"
    case .missing: return "has not come"
    case .duplicate: return "these bytes came before, nothing was sent"
    case .stopped: return checked ? "stopped before its end" : "stopped; run the same command again and it goes on"
    }
  }

  private func mark(_ verdict: Verdict) -> (String, String) {
    switch verdict {
    case .complete, .duplicate: ("✓", "32")
    case .completeWithRejects, .held, .stopped, .missing: ("!", "33")
    case .fileRejected: ("✗", "31")
    }
  }

  private var accountingLines: [String] {
    let summary = result.summary
    let rows = summary.accounting
    let parts =
      summary.command == "validate"
      ? ["\(MoneyText.count(summary.recordsValid)) valid", "\(MoneyText.count(summary.recordsInvalid)) rejected"]
      : RowOutcome.allCases.compactMap { outcome in
        rows.outcomes[outcome].map { "\(MoneyText.count($0)) \(words(outcome))" }
      }
    var lines = ["  rows     \(MoneyText.count(rows.recordsRead)) read = \(parts.joined(separator: " + "))"]
    for currency in rows.moneyRead.keys.sorted() {
      let amounts = outcomesInOrder.compactMap { outcome in
        rows.money[currency]?[outcome].map { "\(MoneyText.major($0, currency)) \(moneyWords(outcome))" }
      }
      let read = MoneyText.major(rows.moneyRead[currency] ?? 0, currency)
      lines.append("  \(currency)      \(read) read = \(amounts.joined(separator: " + "))")
    }
    return lines
  }

  /// What went well first: of a check, the valid rows.
  private var outcomesInOrder: [RowOutcome] {
    guard result.summary.command == "validate" else { return RowOutcome.allCases }
    return [.notSent] + RowOutcome.allCases.filter { $0 != .notSent }
  }

  private func words(_ outcome: RowOutcome) -> String {
    outcome == .notSent ? "not sent" : outcome.rawValue
  }

  private func moneyWords(_ outcome: RowOutcome) -> String {
    outcome == .notSent && result.summary.command == "validate" ? "valid" : words(outcome)
  }

  private var findingLines: [String] {
    let whole = result.summary.verdict == .fileRejected
    let findings = result.summary.findings.filter { !whole || $0.firstRecord > 0 }
    let most = 6
    var lines: [String] = []
    for finding in findings.prefix(most) {
      let colour = finding.severity == .error ? "31" : "33"
      let code = paint(finding.code.rawValue, colour)
      let times = finding.count == 1 ? "once" : "\(MoneyText.count(finding.count)) times"
      lines.append("  \(code), \(times)")
      if let example = result.examples.first(where: { $0.code == finding.code && $0.severity == finding.severity }) {
        lines.append("    \(place(example))\(sentence(example.message)) \(example.hint)")
      }
    }
    if findings.count > most {
      let place = result.summary.reportFolder == nil ? "--reports DIR lists them all" : "issues.csv lists them all"
      lines.append("  … and \(findings.count - most) more kinds of finding; \(place)")
    }
    return lines
  }

  private func sentence(_ text: String) -> String {
    text.last.map { ".!?".contains($0) } == true ? text : text + "."
  }

  private func place(_ finding: Finding) -> String {
    guard finding.line > 0 else { return "" }
    return "line \(finding.line)" + (finding.column.map { ", \($0)" } ?? "") + ": "
  }

  private func paint(_ text: String, _ colour: String) -> String {
    coloured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}
