import BillModel
import BillReports
import FileRuns
import RunPipeline
import SubmitPass

/// What a run does, line by line on standard error: for people, or as JSON for programs.
final class RunLog: Sendable {
  private let asJSON: Bool
  /// Tells the lines of one process from those of another.
  private let run: String

  init(asJSON: Bool) {
    self.asJSON = asJSON
    let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    run = String(repeating: "0", count: 8 - digits.count) + digits
  }

  func tell(_ event: RunEvent) {
    Console.message(asJSON ? json(event) : words(event))
  }

  /// Tells what became of a file, and of what was found in it the first few.
  func tell(_ outcome: RunOutcome) {
    tell(
      RunEvent(
        outcome.level, outcome.words, feed: outcome.feed.isEmpty ? nil : outcome.feed, file: outcome.file))
    guard case .result(let result) = outcome.end else { return }
    for group in result.groups.prefix(10) {
      for finding in group.examples.prefix(3).map(\.finding) where finding.severity == .error {
        tell(
          RunEvent(
            .warning, finding.message, feed: outcome.feed, file: outcome.file,
            row: finding.record > 0 ? finding.record : nil, code: finding.code.rawValue))
      }
    }
  }

  private func words(_ event: RunEvent) -> String {
    var text = "\(WallTime.now.rfc3339) \(event.level.rawValue)"
    if let feed = event.feed { text += " \(feed)" }
    if let file = event.file { text += " \(Masking.oneLine(file))" }
    if let row = event.row { text += " row \(row)" }
    if let code = event.code { text += " \(code)" }
    return text + ": " + event.text
  }

  private func json(_ event: RunEvent) -> String {
    var json = JSONText()
    json.object { json in
      json.string("time", WallTime.now.rfc3339)
      json.string("level", event.level.rawValue)
      json.string("run", run)
      if let feed = event.feed { json.string("feed", feed) }
      if let file = event.file { json.string("file", file) }
      if let row = event.row { json.integer("row", row) }
      if let code = event.code { json.string("code", code) }
      json.string("message", event.text)
    }
    return json.text
  }
}

extension RunOutcome {
  fileprivate var level: RunEvent.Level {
    switch verdict {
    case .complete, .duplicate: .info
    case .completeWithRejects, .held, .missing: .warning
    case .fileRejected, .stopped, nil: .error
    }
  }

  /// What became of it, in a sentence without a full stop at its end where it is short.
  fileprivate var words: String {
    var text: String
    switch end {
    case .fault(let fault): return withPlace(words(of: fault))
    case .verdict(let verdict): text = verdict.rawValue
    case .result(let result):
      let rows = result.summary.accounting
      let parts = RowOutcome.allCases.compactMap { outcome in
        rows.outcomes[outcome].flatMap { $0 > 0 ? "\($0) \(outcome.rawValue)" : nil }
      }
      text = result.summary.verdict.rawValue
      // Of a file whose check didn't come to its end nothing is known.
      if result.summary.verdict != .stopped || rows.recordsRead > 0 {
        text += ": \(rows.recordsRead) \(rows.recordsRead == 1 ? "row" : "rows")"
      }
      if !parts.isEmpty { text += " = " + parts.joined(separator: " + ") }
    }
    if let place { text += ", now \(place)" }
    if let reason { text += ". " + reason }
    return withPlace(text)
  }
}
