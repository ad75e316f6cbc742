import BillIntake
import BillLayouts
import BillModel

/// How a field came about, in words: where it comes from, and what was done. Identity numbers and addresses are masked:
/// such an answer is what people send to whom they ask.
struct TraceText {
  let trace: ValueTrace
  /// What the record's columns are called in the file.
  let columns: [String]

  /// `KdNr " 2 "`, `first_name "Zoë" + last_name "Fourie"`, `the constant`.
  var source: String {
    switch trace.source {
    case .column(.name(let name)): "\(Masking.cut(heading ?? name)) \(quoted)"
    case .column(.number(let number)): "\(Masking.cut(heading ?? "column \(number)")) \(quoted)"
    case .header(let name): "header's \(name) \(quoted)"
    case .parent(let name): "parent's \(name) \(quoted)"
    case .trailer(let name): "trailer's \(name) \(quoted)"
    case .sideFile(let name): "side file's \(name) \(quoted)"
    case .fileName(let group): "file name's \(group) \(quoted)"
    case .constant: "a constant"
    case .join: trace.parts.map { TraceText(trace: $0, columns: columns).part }.joined(separator: " + ")
    case .first: trace.parts.last.map { TraceText(trace: $0, columns: columns).part } ?? "nothing"
    }
  }

  /// The steps that were done, with what each but the last made of the value.
  var steps: String {
    var words: [String] = []
    var before = trace.text
    for (index, step) in trace.steps.enumerated() where !(before.isEmpty && step.result.isEmpty) {
      let isShown = index + 1 < trace.steps.count && step.result != before
      words.append(
        Masking.printable(step.step.words)
          + (isShown ? " ⇒ \(Masking.shown(String(decoding: step.result, as: UTF8.self)))" : ""))
      before = step.result
    }
    return words.joined(separator: ", ")
  }

  private var heading: String? { trace.column.flatMap { $0 < columns.count ? columns[$0] : nil } }

  /// One of several values: with its own steps.
  private var part: String { trace.steps.isEmpty ? source : "\(source) (\(steps))" }

  private var quoted: String { "\"\(Masking.shown(String(decoding: trace.text, as: UTF8.self)))\"" }
}
