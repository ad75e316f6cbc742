import BillModel
import BillReports
import Housekeeping

/// What is forgotten, or would be, for people and for programs.
struct ForgetText {
  private let plan: ForgetPlan
  private let isDone: Bool
  private let screen: Screen

  init(_ plan: ForgetPlan, isDone: Bool, screen: Screen) {
    self.plan = plan
    self.isDone = isDone
    self.screen = screen
  }

  var text: String {
    var lines: [String] = []
    for thing in plan.going {
      lines += entry(verb(thing.kind), "\(Masking.oneLine(thing.path)) (\(words(thing.kind)), \(thing.detail))")
    }
    for kept in plan.staying {
      lines += entry("keeps", "\(Masking.oneLine(kept.path)) (\(Masking.oneLine(kept.reason)))")
    }
    for failed in plan.failed {
      lines += entry("failed", "\(Masking.oneLine(failed.path)) (\(Masking.oneLine(failed.reason)))")
    }
    if plan.going.isEmpty, plan.failed.isEmpty { lines.append("There is nothing to forget.") }
    if !plan.going.isEmpty, !isDone { lines.append("Nothing was removed: say --yes to do it.") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func entry(_ title: String, _ words: String) -> [String] {
    TextLines.wrap(words, to: screen.columns, first: title + "  ", margin: "    ")
  }

  private func verb(_ kind: Forgettable.Kind) -> String {
    kind == .texts || kind == .events ? isDone ? "cleared" : "would clear" : isDone ? "removed" : "would remove"
  }

  private func words(_ kind: Forgettable.Kind) -> String {
    switch kind {
    case .report: "a report, but for its receipt"
    case .archived: "an archived file"
    case .staged: "a copy of a file from a server"
    case .delivered: "a delivered report"
    case .texts: "words of the API's in the ledger"
    case .events: "what payment events hold beside the payment"
    }
  }

  /// One object, by `schemas/forget.schema.json`.
  var json: JSONText {
    var json = JSONText()
    json.object { json in
      json.boolean("done", isDone)
      json.array("forgotten") { list in
        for thing in plan.going {
          list.object {
            $0.string("what", thing.kind.rawValue)
            $0.string("path", thing.path)
            $0.string("detail", thing.detail)
          }
        }
      }
      for (name, things) in [("kept", plan.staying), ("failed", plan.failed)] {
        json.array(name) { list in
          for thing in things {
            list.object {
              $0.string("path", thing.path)
              $0.string("reason", thing.reason)
            }
          }
        }
      }
    }
    return json
  }
}
