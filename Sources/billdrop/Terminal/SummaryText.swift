import BillModel
import BillReports
import FileRuns
import Hashing
import SubmitPass

/// A file's result for people: the verdict first, then the accounting, then what is to do.
struct SummaryText {
  let result: FileResult
  let screen: Screen
  /// How many kinds of finding, and examples of each; `nil`: what fits.
  var most: Int?
  /// The layout that was asked for.
  var layout: String?
  /// Whether it came through a drop, and goes its way by itself.
  var isOfRun = false
  /// Where the file lies, where that isn't where it was handed over.
  var path: String?

  /// At most as many lines as a screen has, unless `most` asks for more, each with a line feed.
  var text: String {
    var lines = headline
    if let reason = result.summary.reason { lines += wrapped(reason) }
    lines += doneLines
    if result.summary.accounting.recordsRead > 0 {
      lines += accountingLines
      for (index, text) in OperationsText(accounting: result.summary.accounting).texts.enumerated() {
        lines += entry(index == 0 ? "kinds" : "", text)
      }
    }
    lines += historyLines
    if let before = result.summary.before {
      lines += entry("before", "\(Masking.oneLine(before.old.name)): \(DiffText.bills(before))")
    }
    for (title, text) in more { lines += entry(title, text) }
    var report: [String] = []
    if let path { report += entry("file", Masking.oneLine(path)) }
    if let folder = result.summary.reportFolder { report += entry("report", Masking.oneLine(folder)) }
    let findings = FindingsText(groups: groups, mends: result.mends, screen: screen, most: most, allOfThem: allOfThem)
    let way = wayToLayout
    lines += findings.lines(room: Screen.lines - lines.count - report.count - way.count) + way + report
    return lines.joined(separator: "\n") + "\n"
  }

  /// What some commands say beside rows and money.
  private var more: [(title: String, text: String)] {
    let summary = result.summary
    return (summary.canary.map { CanaryText(canary: $0).entries } ?? [])
      + (summary.rehearsal.map { RehearsalText(figures: $0).entries } ?? [])
      + (summary.plan.map { PlanText(figures: $0).entries } ?? [])
  }

  /// How to come by the layout that the lines belong into.
  private var wayToLayout: [String] {
    guard !result.mends.isEmpty else { return isOfAnotherForm ? wrapped(Self.guessing) : [] }
    if result.summary.feed != nil || isOfRun {
      return wrapped("The line belongs into the \"fields\" of the feed's layout, for the one that is there.")
    }
    if let layout { return wrapped("The line belongs into the \"fields\" of \(layout), for the one that is there.") }
    guard result.summary.fileName != "stdin" else {
      return wrapped("The line belongs into the \"fields\" of a layout.")
    }
    // A file that was taken under one layout is taken under another one where that is asked for.
    let approval = isCheck || isForeseen ? "" : result.summary.digest.map { " --approve \($0.short)" } ?? ""
    return wrapped(
      "billdrop layout guess FILE > LAYOUT writes a layout with it for the whole file; look at it, then use it with "
        + "--layout LAYOUT\(approval).")
  }

  private static let guessing =
    "Or it is read as it is: billdrop layout guess FILE > LAYOUT writes a layout for it; look at that, then use it with "
    + "--layout LAYOUT."

  /// Whether no layout was named for a file that can't be read without one, as far as its beginning shows.
  private var isOfAnotherForm: Bool {
    let summary = result.summary
    guard summary.verdict == .fileRejected, layout == nil, summary.feed == nil, !isOfRun, summary.fileName != "stdin"
    else { return false }
    return result.groups.contains { group in
      [.fileHeadingUnknown, .fileEncoding].contains(group.count.code)
        && !group.examples.contains { $0.finding.hint.hasPrefix("Did you mean") }
    }
  }

  private var allOfThem: String {
    result.summary.reportFolder == nil ? "--reports DIR lists all, --max-issues N shows more" : "issues.csv lists all"
  }

  /// What is wrong with the file as a whole is told by its reason.
  private var groups: [FindingGroup] {
    result.groups.filter { result.summary.verdict != .fileRejected || $0.count.firstRecord > 0 }
  }

  /// Whether nothing was to be sent: validate, or what joins its reports.
  private var isCheck: Bool { ["validate", "merge-reports"].contains(result.summary.command) }

  /// Whether nothing of it went to the API that it is for.
  private var isForeseen: Bool { ["plan", "rehearse"].contains(result.summary.command) }

  private var headline: [String] {
    let (sign, colour) = mark
    let name = TextWidth.cut(Masking.oneLine(result.summary.fileName), to: max(16, screen.columns - 4))
    var lines = TextLines.wrap("\(name): \(verdict)", to: screen.columns, first: "\(sign) ", margin: "  ")
    lines[0] = screen.paint(sign, "1;\(colour)") + screen.paint(String(lines[0].dropFirst()), "1")
    return lines
  }

  private var verdict: String {
    let summary = result.summary
    if summary.command == "plan" { return planned }
    if result.wasDoneAlready { return "was done already\(doneAs), nothing sent" }
    let checked = isCheck
    if summary.verdict == .complete, summary.accounting.recordsRead == 0 { return "no rows in it" }
    switch summary.verdict {
    case .complete: return checked ? "every row is good" : "complete"
    case .completeWithRejects:
      return checked ? "\(badRows) not good" : CompletionWords.words(of: summary.accounting.outcomes)
    case .fileRejected: return "the file as a whole is rejected" + (checked ? "" : ", nothing was sent")
    case .held: return summary.isBegun ? "held after its canary" : "held for approval, nothing was sent"
    case .missing: return "has not come"
    case .duplicate: return "these bytes came before, nothing was sent"
    case .stopped: return checked ? "stopped before its end" : stopped
    }
  }

  /// Under which name the same bytes were done, where it was another one.
  private var doneAs: String {
    guard let name = result.summary.doneBefore?.fileName, name != result.summary.fileName else { return "" }
    return " as \(Masking.oneLine(name))"
  }

  /// When the same bytes were begun that are done: another day's are no success of today.
  private var doneLines: [String] {
    result.summary.doneBefore.map { entry("begun", "\($0.startedAt.rfc3339.prefix(16))Z") } ?? []
  }

  /// Where a file stands that isn't through, and whether the same command goes on with it as it is.
  private var stopped: String {
    let summary = result.summary
    switch result.stop {
    case .strayed: return "stopped, the world is not what the plan says"
    case .unauthorised: return "stopped, the API refused the key"
    default: break
    }
    if summary.command == "rehearse" {
      return "stopped; nothing of a rehearsal is kept, and the same command begins anew"
    }
    if summary.canary?.firstDifference != nil { return "stopped after its canary" }
    guard result.isOfSettling, result.stop == .finished else {
      return "stopped; run the same command again and it goes on"
    }
    let unknown = summary.accounting.outcomes[.unknown] ?? 0
    if unknown == 0 { return "settled, and not through" }
    return "not settled, \(MoneyText.count(unknown)) \(unknown == 1 ? "row is" : "rows are") unknown still"
  }

  /// What a plan says of the file as a whole.
  private var planned: String {
    if result.wasDoneAlready { return "was done already\(doneAs), nothing would be sent" }
    if result.summary.verdict == .complete, result.summary.accounting.recordsRead == 0 {
      return "no rows in it"
    }
    return switch result.summary.verdict {
    case .complete: "every row would be accepted"
    case .completeWithRejects: "some rows would not be accepted"
    case .fileRejected: "the file as a whole is rejected, nothing would be sent"
    case .held, .missing, .duplicate: "nothing would be sent"
    case .stopped: result.summary.plan == nil ? "there is no plan" : "some rows would not be sent"
    }
  }

  private var badRows: String {
    let (bad, all) = (result.summary.recordsInvalid, result.summary.accounting.recordsRead)
    if bad == all { return all == 1 ? "its row is" : "all \(MoneyText.count(all)) rows are" }
    return "\(MoneyText.count(bad)) of \(MoneyText.count(all)) rows \(bad == 1 ? "is" : "are")"
  }

  private var mark: (String, String) {
    switch result.summary.verdict {
    case .completeWithRejects where !isCheck && result.summary.accounting.outcomes.nothingThrough != nil: ("✗", "31")
    case .complete, .duplicate: ("✓", "32")
    case .completeWithRejects, .held, .stopped, .missing: ("!", "33")
    case .fileRejected: ("✗", "31")
    }
  }

  private var accountingLines: [String] {
    let summary = result.summary
    let rows = summary.accounting
    let parts =
      isCheck
      ? ["\(MoneyText.count(summary.recordsValid)) valid", "\(MoneyText.count(summary.recordsInvalid)) rejected"]
      : RowOutcome.allCases.compactMap { outcome in
        rows.outcomes[outcome].map { "\(MoneyText.count($0)) \(words(outcome))" }
      }
    var lines = entry("rows", "\(MoneyText.count(rows.recordsRead)) read = \(parts.joined(separator: " + "))")
    let currencies = rows.moneyRead.keys.sorted()
    for currency in currencies.prefix(4) {
      let amounts = outcomesInOrder.compactMap { outcome in
        rows.money[currency]?[outcome].map { "\(MoneyText.major($0, currency)) \(moneyWords(outcome))" }
      }
      let read = MoneyText.major(rows.moneyRead[currency] ?? 0, currency)
      // Rows without an amount, or with 0, are in no sum.
      let sum = amounts.isEmpty ? "" : " = \(amounts.joined(separator: " + "))"
      lines += entry(currency.description, "\(read) read\(sum)")
    }
    let left = currencies.count - 4
    if left > 0 { lines += entry("…", "\(left) more \(left == 1 ? "currency" : "currencies")") }
    return lines + (rows.unreadWords.map { entry("", $0) } ?? [])
  }

  /// How the file compares with the last ones of its feed.
  private var historyLines: [String] {
    guard let guarding = result.summary.guarding, !result.wasDoneAlready else { return [] }
    guard !guarding.far.isEmpty else { return entry("history", guarding.words) }
    return ([guarding.words] + guarding.farLines).enumerated().flatMap { index, line in
      entry(index == 0 ? "history" : "", line)
    }
  }

  private func entry(_ name: String, _ text: String) -> [String] {
    let title = "  " + name + String(repeating: " ", count: max(1, 9 - TextWidth.of(name)))
    return TextLines.wrap(text, to: screen.columns, first: title, margin: String(repeating: " ", count: 11))
  }

  private func wrapped(_ text: String) -> [String] {
    TextLines.wrap(Masking.oneLine(text), to: screen.columns, first: "  ", margin: "  ")
  }

  /// What went well first: of a check, the valid rows.
  private var outcomesInOrder: [RowOutcome] {
    guard isCheck else { return RowOutcome.allCases }
    return [.notSent] + RowOutcome.allCases.filter { $0 != .notSent }
  }

  private func words(_ outcome: RowOutcome) -> String {
    outcome == .notSent ? "not sent" : outcome.rawValue
  }

  private func moneyWords(_ outcome: RowOutcome) -> String {
    outcome == .notSent && isCheck ? "valid" : words(outcome)
  }
}
