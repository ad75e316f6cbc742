import BillModel
import BillReports
import FileRuns

/// What a command has to say of one file.
enum FileAnswer {
  case result(FileResult, ExitStatus)
  /// The command could not do its work on this file.
  case fault(file: String, RunFault)

  var status: ExitStatus {
    switch self {
    case .result(_, let status): status
    case .fault(_, let fault): ExitStatus(fault)
    }
  }

  /// The answer as JSON: the summary, or the file's name and what went wrong.
  func json(command: String) -> JSONText {
    switch self {
    case .result(let result, _): return result.summary.json(indents: false)
    case .fault(let file, let fault):
      var json = JSONText()
      json.object { json in
        json.string("command", command)
        json.object("file") { $0.string("name", file) }
        json.object("error") {
          $0.integer("exit", ExitStatus(fault).rawValue)
          $0.string("message", Self.words(fault, command))
        }
      }
      return json
    }
  }

  /// Prints answers as text, in their order, or as one JSON object; returns the gravest status.
  ///
  /// - Parameters:
  ///   - most: How many kinds of finding, and examples of each; `nil`: what fits a screen.
  ///   - layout: The layout that was asked for.
  static func print(_ answers: [FileAnswer], command: String, asJSON: Bool, most: Int? = nil, layout: String? = nil)
    -> ExitStatus
  {
    for case .fault(let file, let fault) in answers {
      Console.message("billdrop: \(Masking.oneLine(file)): \(words(fault, command))")
    }
    let isTold = Console.answer(asJSON ? jsonText(answers, command: command) + "\n" : text(answers, most, layout))
    return ExitStatus.gravest(answers.map(\.status) + (isTold ? [] : [.inputOutput]))
  }

  private static func words(_ fault: RunFault, _ command: String) -> String {
    command == "settle" ? fault.explanationForReading : fault.explanation
  }

  private static func text(_ answers: [FileAnswer], _ most: Int?, _ layout: String?) -> String {
    let screen = Console.answersScreen
    var text = ""
    for case .result(let result, _) in answers {
      text += SummaryText(result: result, screen: screen, most: most, layout: layout).text
    }
    return text
  }

  private static func jsonText(_ answers: [FileAnswer], command: String) -> String {
    if answers.count == 1 { return answers[0].json(command: command).text }
    var json = JSONText()
    json.object { json in
      json.array("files") { list in
        for answer in answers { list.raw(nil, answer.json(command: command)) }
      }
    }
    return json.text
  }
}
