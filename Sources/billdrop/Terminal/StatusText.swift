import BillLedger
import BillModel
import Hashing
import RunPipeline

/// What a ledger knows, for people.
struct StatusText {
  let report: StatusReport
  let screen: Screen

  var text: String {
    var lines = TextLines.wrap(
      "\(Masking.oneLine(report.path)) (\(report.environment.origin), \(report.environment.mode.rawValue) key)",
      to: screen.columns, first: "ledger  ", margin: "        ")
    lines += now
    if report.runs.isEmpty { lines.append("        no file was submitted yet") }
    for run in report.runs { lines += entry(run) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var now: [String] {
    guard let now = report.now else { return ["now     nothing runs"] }
    var parts = ["\(Masking.oneLine(now.file)): \(now.stage.rawValue)"]
    if let total = now.total, total > 0 {
      parts.append("\(now.done * 100 / total) %, \(MoneyText.count(now.done)) of \(MoneyText.count(total)) rows")
    } else {
      parts.append("\(MoneyText.count(now.done)) rows")
    }
    if let pause = now.throttledFor, pause > 0 { parts.append("throttled by the API, next try in \(pause) s") }
    let limit = now.limit.map { " of \(MoneyText.count(Int($0.rounded())))" } ?? ""
    parts.append("\(MoneyText.count(Int(now.perSecond.rounded())))\(limit)/s")
    if let left = now.secondsLeft { parts.append("\(ProgressBar.time(left)) left") }
    parts.append("process \(now.pid)")
    return TextLines.wrap(parts.joined(separator: " · "), to: screen.columns, first: "now     ", margin: "        ")
  }

  private func entry(_ run: StatusReport.Run) -> [String] {
    let (sign, colour, words) = mark(run)
    let parts = RowOutcome.allCases.compactMap { outcome in
      run.outcomes[outcome].map { rows in
        "\(MoneyText.count(rows)) \(outcome == .unknown && isUnderWay(run) ? "under way" : outcome.words)"
      }
    }
    let rows =
      run.check.map { "\(MoneyText.count($0.recordsRead)) \($0.recordsRead == 1 ? "row" : "rows")" }
      ?? "not checked yet"
    let text =
      "\(Masking.oneLine(run.run.file.name)) (\(run.run.file.digest.short)): \(words) · "
      + "\(run.run.startedAt.rfc3339.prefix(16))Z · \(rows)"
      + (parts.isEmpty ? "" : " = \(parts.joined(separator: " + "))")
    var lines = TextLines.wrap(text, to: screen.columns, first: "  \(sign) ", margin: "    ")
    if run.run.isHeld {
      let why = run.reason.map { "\($0). " } ?? ""
      lines += TextLines.wrap(
        "\(why)Let it through with --approve \(run.run.file.digest.short), if it is right.", to: screen.columns,
        first: "    ", margin: "    ")
    }
    lines[0] = "  " + screen.paint(sign, "1;\(colour)") + String(lines[0].dropFirst(3))
    return lines
  }

  private func isUnderWay(_ run: StatusReport.Run) -> Bool {
    report.now?.file == run.run.file.name && !run.run.isFinished
  }

  private func mark(_ run: StatusReport.Run) -> (sign: String, colour: String, words: String) {
    if isUnderWay(run) { return ("…", "36", "under way") }
    switch run.run.verdict {
    case .complete: return ("✓", "32", "complete")
    case .duplicate: return ("✓", "32", "came before")
    case .completeWithRejects: return ("!", "33", "complete, with rows to mend")
    case .held: return ("!", "33", "held for approval")
    case .stopped, nil: return ("!", "33", "stopped; run the same command again")
    case .missing: return ("!", "33", "has not come")
    case .fileRejected: return ("✗", "31", "rejected as a whole")
    }
  }
}
