import BillModel
import BillReports

/// `billdrop explain`.
enum ExplainCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    var entries: [Explanations.Entry] = []
    for code in invocation.operands {
      guard let entry = Explanations.all.first(where: { $0.code == code }) else { return unknown(code) }
      entries.append(entry)
    }
    let asked = entries.isEmpty ? Explanations.all : entries
    switch invocation.text("--format") {
    case "json": return tell(json(asked).text + "\n")
    case "markdown": return tell(Explanations.page)
    default: return tell(entries.isEmpty ? list : entries.map(text).joined(separator: "\n"))
    }
  }

  private static func tell(_ text: String) -> ExitStatus {
    Console.answer(text) || Console.readerHasLeft ? .accepted : .inputOutput
  }

  private static func unknown(_ code: String) -> ExitStatus {
    let codes = Explanations.all.map(\.code)
    // The first part of a code, as `amount`: what there is of it.
    let family = codes.filter { $0.hasPrefix(code + ".") }
    let near = NearestName.of(code, among: codes)
    let hint =
      if !family.isEmpty {
        "There is " + family.joined(separator: ", ") + "."
      } else {
        near.map { "Did you mean \($0)?" } ?? "billdrop explain lists all of them."
      }
    Console.message("billdrop: there is no code “\(Masking.cut(code))”.\n  \(hint)")
    return .usage
  }

  /// Every code with its first sentence.
  private static var list: String {
    let columns = Console.answersScreen.columns
    let width = Explanations.all.map(\.code.count).max() ?? 0
    return Explanations.all.reduce(into: "") { text, entry in
      let title = entry.code + String(repeating: " ", count: width - entry.code.count)
      let lines = TextLines.wrap(
        entry.explanation.what, to: columns, first: title + "  ", margin: String(repeating: " ", count: width + 2))
      text += lines.joined(separator: "\n") + "\n"
    }
  }

  private static func text(_ entry: Explanations.Entry) -> String {
    let screen = Console.answersScreen
    let explanation = entry.explanation
    var lines = [screen.paint(entry.code, "1")]
    lines += TextLines.wrap(explanation.what, to: screen.columns, first: "  ", margin: "  ")
    for (name, words) in [("why", explanation.why), ("example", explanation.example), ("cure", explanation.cure)] {
      let title = "  \(name)" + String(repeating: " ", count: 9 - name.count)
      lines += TextLines.wrap(words, to: screen.columns, first: title, margin: String(repeating: " ", count: 11))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ entries: [Explanations.Entry]) -> JSONText {
    var json = JSONText()
    json.object { json in
      json.array("codes") { list in
        for entry in entries {
          list.object {
            $0.string("code", entry.code)
            $0.string("of", entry.kind.rawValue)
            $0.string("what", entry.explanation.what)
            $0.string("why", entry.explanation.why)
            $0.string("example", entry.explanation.example)
            $0.string("cure", entry.explanation.cure)
          }
        }
      }
    }
    return json
  }
}
