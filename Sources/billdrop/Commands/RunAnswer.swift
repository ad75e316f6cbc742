import BillModel
import BillReports
import FileRuns
import RunPipeline

/// What a pass of `billdrop run` has to say on standard output.
struct RunAnswer {
  private let outcomes: [RunOutcome]
  /// Whether the pass came to its end: only then is no outcome an answer.
  private let isWhole: Bool

  init(_ outcomes: [RunOutcome], isWhole: Bool) {
    self.outcomes = outcomes
    self.isWhole = isWhole
  }

  /// The results one below the other, or one JSON object.
  func text(asJSON: Bool) -> String {
    if asJSON { return json.text + "\n" }
    guard !outcomes.isEmpty else { return isWhole ? "nothing to do\n" : "" }
    let screen = Console.answersScreen
    return outcomes.map { outcome in
      guard case .result(let result) = outcome.end else { return "\(line(outcome))\n" }
      var summary = SummaryText(result: result, screen: screen)
      summary.path = outcome.path
      summary.isOfRun = true
      return summary.text
    }.joined()
  }

  private func line(_ outcome: RunOutcome) -> String {
    let words: String
    switch outcome.end {
    case .fault(let fault): words = outcome.words(of: fault)
    case .verdict(let verdict): words = verdict.rawValue + (reason(outcome).map { ". \($0)" } ?? "")
    case .result: words = ""
    }
    let mark = outcome.verdict == .complete ? "✓" : "!"
    return Masking.oneLine("\(mark) \(outcome.file): \(outcome.withPlace(words))")
  }

  /// Why; of a file whose rows an earlier pass sent, that this one put it away.
  private func reason(_ outcome: RunOutcome) -> String? {
    guard outcome.reason == nil, let place = outcome.place else { return outcome.reason }
    return "Its rows were done before; now it is answered and put away: \(place)"
  }

  private var json: JSONText {
    var json = JSONText()
    json.object { json in
      json.array("files") { list in
        for outcome in outcomes { list.raw(nil, outcome.json) }
      }
    }
    return json
  }
}

extension RunOutcome {
  /// The outcome as programs get it: which file of which feed, what became of it, and its summary where there is one.
  var json: JSONText {
    var json = JSONText()
    json.object { json in
      json.string("feed", feed)
      json.string("file", file)
      json.integer("exit", ExitStatus(self).rawValue)
      if let verdict { json.string("verdict", verdict.rawValue) }
      if case .fault(let fault) = end {
        json.string("reason", words(of: fault))
      } else if let reason {
        json.string("reason", reason)
      }
      if let place { json.string("place", place) }
      if let path { json.string("path", path) }
      if let summary { json.raw("summary", summary.json(indents: false)) }
    }
    return json
  }
}
