import BillModel
import BillReports

/// A verdict as a page shows it: in colour, sign and words, so that none of them is needed alone.
struct VerdictWords {
  /// The class of its colour: `good`, `warn`, `bad`, `calm`.
  let colour: String
  let sign: String
  let words: String

  init(_ summary: Summary) {
    let isNothing = Self.nothingThrough(summary) != nil
    (colour, sign) = isNothing ? ("bad", "✗") : Self.mark(summary.verdict)
    words = Self.words(summary)
  }

  static func mark(_ verdict: Verdict) -> (colour: String, sign: String) {
    switch verdict {
    case .complete: ("good", "✓")
    case .duplicate: ("calm", "=")
    case .completeWithRejects: ("warn", "!")
    case .held: ("warn", "‖")
    case .stopped: ("warn", "■")
    case .missing: ("bad", "?")
    case .fileRejected: ("bad", "✗")
    }
  }

  /// In two or three words, for tables.
  static func short(_ verdict: Verdict) -> String {
    switch verdict {
    case .complete: "complete"
    case .completeWithRejects: "with rejects"
    case .fileRejected: "file rejected"
    case .held: "held"
    case .missing: "missing"
    case .duplicate: "came before"
    case .stopped: "stopped"
    }
  }

  /// What is said of a file that was sent, and of which no row got through.
  private static func nothingThrough(_ summary: Summary) -> String? {
    guard summary.verdict == .completeWithRejects, summary.command != "validate", !summary.foresees else { return nil }
    return summary.accounting.outcomes.nothingThrough
  }

  private static func words(_ summary: Summary) -> String {
    let read = summary.accounting.recordsRead
    let isCheck = summary.command == "validate"
    let bad = isCheck ? summary.recordsInvalid : summary.accounting.count(of: [.rejected, .refused, .conflict])
    if summary.foresees, read > 0 {
      let rows =
        bad == 0 ? "every row would go through" : "\(MoneyText.count(bad)) of \(PageWords.count(read, "row")) would not"
      if [.complete, .completeWithRejects].contains(summary.verdict) { return "Foreseen: \(rows)" }
    }
    switch summary.verdict {
    case .complete where read == 0: return "No rows in it"
    case .complete: return isCheck ? "Every row is good" : "Complete: every row is through"
    case .completeWithRejects:
      let rows = "\(MoneyText.count(bad)) of \(PageWords.count(read, "row"))"
      if let nothing = nothingThrough(summary) { return "N" + nothing.dropFirst() }
      return isCheck ? "\(rows) not good" : "Complete, but for \(rows)"
    case .fileRejected: return isCheck ? "The file as a whole is not good" : "Rejected as a whole: nothing was sent"
    case .held where summary.isBegun: return "Held after its canary: the other rows wait for approval"
    case .held: return "Held for approval: nothing was sent"
    case .missing: return "It has not come"
    case .duplicate: return "These bytes came before: nothing was sent"
    case .stopped:
      return isCheck || summary.foresees ? "Stopped before its end" : "Stopped: it goes on when it is run again"
    }
  }
}

extension Summary {
  /// Whether it tells what would become of rows: nothing of it was sent to the API that it names.
  var foresees: Bool { command == "plan" || command == "rehearse" }
}

extension Accounting {
  /// How many rows have one of these outcomes.
  func count(of outcomes: [RowOutcome]) -> Int { outcomes.reduce(0) { $0 + (self.outcomes[$1] ?? 0) } }
}
