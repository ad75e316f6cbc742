import BillModel
import PaymentEvents

/// Everything that can be explained, in the order in which the page of codes lists it.
enum Explanations {
  /// A code and what it means.
  struct Entry {
    /// What a code is of.
    enum Kind: String, CaseIterable {
      case exit, outcome, finding, money

      var title: String {
        switch self {
        case .exit: "Exit codes"
        case .outcome: "What became of a row"
        case .finding: "Findings"
        case .money: "Money coming back"
        }
      }
    }

    let kind: Kind
    let code: String
    let explanation: CodeExplanation
  }

  static let all: [Entry] =
    ExitStatus.allCases.map { Entry(kind: .exit, code: String($0.rawValue), explanation: $0.explanation) }
    + RowOutcome.allCases.map { Entry(kind: .outcome, code: $0.rawValue, explanation: $0.explanation) }
    + FindingCode.allCases.map { Entry(kind: .finding, code: $0.rawValue, explanation: $0.explanation) }
    + ReconcileStanding.allCases.map { Entry(kind: .money, code: $0.rawValue, explanation: $0.explanation) }

  /// `docs/codes.md`.
  static var page: String {
    var text = """
      # Codes

      What `billdrop explain CODE` prints, for all codes. This page is written by `scripts/generate-docs`.

      """
    for kind in Entry.Kind.allCases {
      text += "\n## \(kind.title)\n"
      for entry in all where entry.kind == kind {
        let explanation = entry.explanation
        text += """

          ### \(entry.code)

          \(markdown(explanation.what))

          - Why: \(markdown(explanation.why))
          - Example: \(markdown(explanation.example))
          - Cure: \(markdown(explanation.cure))

          """
      }
    }
    return text
  }

  /// What Markdown would take for a mark is told apart from it.
  private static func markdown(_ text: String) -> String {
    text.reduce(into: "") { text, character in
      if "\\*_`<>#[]".contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}
