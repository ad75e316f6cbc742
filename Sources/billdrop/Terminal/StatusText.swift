import BillLedger
import BillModel
import BillReports
import FileRuns
import Hashing
import RunPipeline
import SubmitPass

/// What a ledger knows, for people.
struct StatusText {
  let report: StatusReport
  let screen: Screen

  var text: String {
    var lines = TextLines.wrap(
      "\(Masking.oneLine(report.path)) (\(report.environment.origin), \(report.environment.mode.rawValue) key)",
      to: screen.columns, first: "ledger  ", margin: "        ")
    lines += clock + now + day + looks + untaken + needs
    if report.runs.isEmpty { lines.append("        no file was submitted yet") }
    for run in report.runs { lines += entry(run) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var clock: [String] {
    guard let ahead = report.ahead else { return [] }
    return TextLines.wrap(
      SubmitProgress.ledgerWords(ahead), to: screen.columns, first: "clock   ", margin: "        ")
  }

  private var now: [String] {
    guard let now = report.now else { return idle }
    var parts = ["\(Masking.oneLine(now.file)): \(now.stage.rawValue)"]
    if let total = now.total, total > 0 {
      parts.append("\(now.done * 100 / total) %, \(MoneyText.count(now.done)) of \(MoneyText.count(total)) rows")
    } else {
      parts.append("\(MoneyText.count(now.done)) rows")
    }
    if let pause = now.throttledFor, pause > 0 { parts.append("throttled by the API, next try in \(pause) s") }
    if let wait = now.turnIn { parts.append("next turn in \(wait) s") }
    let limit = now.limit.map { " of \(MoneyText.count(Int($0.rounded())))" } ?? ""
    parts.append("\(MoneyText.count(Int(now.perSecond.rounded())))\(limit)/s")
    if let left = now.secondsLeft { parts.append("\(ProgressBar.time(left)) left") }
    parts.append("process \(now.pid)")
    return TextLines.wrap(parts.joined(separator: " · "), to: screen.columns, first: "now     ", margin: "        ")
  }

  /// Nothing is under way: somebody may be waiting for files all the same.
  private var idle: [String] {
    guard let holder = report.holder else { return ["now     nothing runs"] }
    return TextLines.wrap(
      "nothing is under way; \(Masking.oneLine(holder)) has the ledger", to: screen.columns, first: "now     ",
      margin: "        ")
  }

  private var day: [String] {
    guard let day = report.day else { return [] }
    return ["day     \(MoneyText.count(day.requests)) requests counted on \(day.date), for a daily budget"]
  }

  /// When the drops were looked at: a service that is dead looks no more.
  private var looks: [String] {
    guard let first = report.looks.min(by: { $0.at.milliseconds < $1.at.milliseconds }) else { return [] }
    let seconds = Double(max(0, report.time.milliseconds - first.at.milliseconds)) / 1000
    let names = report.looks.count == 1 ? Masking.oneLine(first.place) : "\(report.looks.count) drops"
    return TextLines.wrap(
      "\(names) \(report.looks.count == 1 ? "was" : "were") looked at \(ProgressBar.time(seconds)) ago",
      to: screen.columns, first: "drops   ", margin: "        ")
  }

  /// So many files that nobody takes are told one by one.
  private static let mostUntaken = 5

  private var untaken: [String] {
    let places = Set(report.untaken.map(\.place)).sorted()
    return places.flatMap { place in
      let files = report.untaken.filter { $0.place == place }
      let words = files.prefix(Self.mostUntaken).map { "\($0.name) (\($0.reason))" }
      let rest = files.count - words.count
      return TextLines.wrap(
        Masking.oneLine(
          "\(MoneyText.count(files.count)) \(files.count == 1 ? "file is" : "files are") taken by nobody in \(place): "
            + words.joined(separator: ", ") + (rest > 0 ? ", and \(MoneyText.count(rest)) more" : "")),
        to: screen.columns, first: "        ", margin: "        ")
    }
  }

  /// So many things that need somebody are told one by one.
  private static let most = 20

  private var needs: [String] {
    if report.needs.isEmpty { return report.looks.isEmpty ? [] : ["needs   nobody"] }
    let count = report.needs.count
    var lines = ["needs   " + screen.paint("\(count) \(count == 1 ? "thing needs" : "things need") somebody", "1")]
    for need in report.needs.prefix(Self.most) { lines += entry(need) }
    if count > Self.most {
      let more = "and \(MoneyText.count(count - Self.most)) more: --format json has them"
      lines += TextLines.wrap(more, to: screen.columns, first: "    ", margin: "    ")
    }
    if report.unread > 0 {
      let more =
        "and \(MoneyText.count(report.unread)) older \(report.unread == 1 ? "file" : "files") with rows to mend, which may "
        + "be done with: status looks at the latest only"
      lines += TextLines.wrap(more, to: screen.columns, first: "    ", margin: "    ")
    }
    return lines
  }

  private func entry(_ need: DropNeed) -> [String] {
    let (sign, colour, words) = Self.mark(need)
    let name =
      need.kind == .missing || need.feed.isEmpty || need.place.isEmpty ? need.name : "\(need.feed) \(need.name)"
    var lines = TextLines.wrap(
      Masking.oneLine("\(name): \(words) · since \(need.since.rfc3339.prefix(16))Z"), to: screen.columns,
      first: "  \(sign) ", margin: "    ")
    lines[0] = "  " + screen.paint(sign, "1;\(colour)") + String(lines[0].dropFirst(3))
    func add(_ text: String, first: String = "    ") {
      lines += TextLines.wrap(Masking.oneLine(text), to: screen.columns, first: first, margin: "    ")
    }
    add(need.reason)
    if let path = need.path, !need.reason.contains(path) { add("It lies in \(path)") }
    add(need.next(configuration: report.configuration), first: "  → ")
    return lines
  }

  private static func mark(_ need: DropNeed) -> (sign: String, colour: String, words: String) {
    switch need.kind {
    case .held where need.approval == nil: ("!", "33", "waits")
    case .held: ("!", "33", "held for approval")
    case .stopped: ("!", "33", "not through")
    case .fault: ("✗", "31", "can't be worked on")
    case .rejected: ("✗", "31", "rejected as a whole")
    case .missing: ("✗", "31", "has not come")
    case .gone: ("!", "33", "is gone, and was held")
    case .rows: ("!", "33", "has rows to look at")
    case .untaken: ("·", "2", "is taken by nobody")
    }
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
      ?? (run.run.isHeld ? "" : "not checked yet")
    let text =
      "\(Masking.oneLine(run.run.file.name)) (\(run.run.file.digest.short)): \(words) · "
      + "\(run.run.startedAt.rfc3339.prefix(16))Z\(rows.isEmpty ? "" : " · ")\(rows)"
      + (parts.isEmpty ? "" : " = \(parts.joined(separator: " + "))")
    var lines = TextLines.wrap(text, to: screen.columns, first: "  \(sign) ", margin: "    ")
    if run.isTakenAway {
      lines += TextLines.wrap(
        "Its file was taken away from the drop. If it is to be sent, put it where files arrive again.",
        to: screen.columns, first: "    ", margin: "    ")
    } else if let replacement = run.replacement {
      lines += TextLines.wrap(
        "Should it be sent all the same: --approve \(run.run.file.digest.short). The other one is \(replacement.short).",
        to: screen.columns, first: "    ", margin: "    ")
    } else if run.run.isHeld, !report.needs.contains(where: { $0.isOf(run.run) }) {
      let why = run.reason.map { "\($0). " } ?? ""
      lines += TextLines.wrap(
        "\(why)Let it through with --approve \(run.run.file.digest.short), if it is right.", to: screen.columns,
        first: "    ", margin: "    ")
    } else if !run.run.isHeld, let why = run.reason {
      lines += TextLines.wrap("\(why).", to: screen.columns, first: "    ", margin: "    ")
    }
    lines += sharers(run)
    lines[0] = "  " + screen.paint(sign, "1;\(colour)") + String(lines[0].dropFirst(3))
    return lines
  }

  /// Who sends a file that several processes may send together.
  private func sharers(_ run: StatusReport.Run) -> [String] {
    guard let sharing = run.sharing else { return [] }
    let holders = sharing.holders.map { "\(Masking.oneLine($0.name)) has \($0.ranges)" }
    let who =
      holders.isEmpty
      ? "sent by nobody now" : "sent by \(holders.count) \(holders.count == 1 ? "process" : "processes")"
    return TextLines.wrap(
      "\(Masking.oneLine(run.run.file.name)) is \(who), \(sharing.left) ranges of rows left"
        + (holders.isEmpty ? "" : ": \(holders.joined(separator: ", "))"),
      to: screen.columns, first: "    ", margin: "    ")
  }

  private func isUnderWay(_ run: StatusReport.Run) -> Bool {
    (report.now?.file == run.run.file.name || run.sharing?.holders.isEmpty == false) && !run.run.isFinished
  }

  private func mark(_ run: StatusReport.Run) -> (sign: String, colour: String, words: String) {
    if isUnderWay(run) { return ("…", "36", "under way") }
    switch run.run.verdict {
    case .complete: return ("✓", "32", "complete")
    case .duplicate: return ("✓", "32", "came before")
    case .completeWithRejects where run.outcomes.nothingThrough != nil:
      return ("✗", "31", CompletionWords.words(of: run.outcomes))
    case .completeWithRejects: return ("!", "33", CompletionWords.words(of: run.outcomes))
    case .held where run.isTakenAway: return ("·", "2", "was held; its file was taken away")
    case .held where run.replacement != nil: return ("·", "2", "was held; another file of its name came since")
    case .held: return ("!", "33", "held for approval")
    case .stopped, nil: return ("!", "33", "stopped")
    case .missing: return ("!", "33", "has not come")
    case .fileRejected: return ("✗", "31", "rejected as a whole")
    }
  }
}

extension DropNeed {
  /// Whether it tells already what is to be done about a held file.
  fileprivate func isOf(_ run: FileRun) -> Bool {
    approval == run.file.digest.short || approval == nil && kind == .held && feed == run.feed && name == run.file.name
  }
}
