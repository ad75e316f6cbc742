import BillModel
import BillReports
import Hashing

/// What is to be done about a file, the most urgent first.
struct NextSteps {
  /// A sentence with what is to be typed or opened in its middle.
  struct Step {
    enum Part {
      case words(String)
      case code(String)
      case link(String)
    }

    let parts: [Part]
  }

  let steps: [Step]

  /// - Parameters:
  ///   - facts: How it was run.
  ///   - hasLine: Whether a line of a layout makes all values of a column right.
  init(_ summary: Summary, fileNames: [String], facts: RunFacts, hasLine: Bool = false) {
    var steps: [Step] = []
    let name = summary.fileName
    switch summary.verdict {
    case .stopped: steps.append(Self.goOn(summary))
    case .fileRejected:
      steps.append(
        Step(parts: [
          .words("Have it mended where it is made, and send it again. Mended, it counts as a new file.")
        ]))
      if facts.isOfNoLayout, summary.hasOtherForm { steps.append(Self.guessing) }
    case .held: steps.append(Self.approve(summary, facts.path))
    case .missing: steps.append(Step(parts: [.words("Ask where it is made. When it comes, it is taken as usual.")]))
    case .duplicate: steps.append(Step(parts: [.words("Nothing: its bills were raised when it came first.")]))
    case .complete, .completeWithRejects: break
    }
    if summary.verdict == .completeWithRejects, hasLine { steps.append(Self.reading(summary)) }
    if summary.verdict != .fileRejected { steps += Self.mending(summary, fileNames, facts) }
    if summary.verdict == .complete, summary.command == "validate", summary.accounting.recordsRead > 0 {
      steps.append(
        Step(parts: [.words("Submit it: "), .code("billdrop submit \(PageWords.shell(name))"), .words(".")]))
    }
    if steps.isEmpty { steps.append(Step(parts: [.words("Nothing. Every bill of this file is accounted for.")])) }
    self.steps = steps
  }

  private static func goOn(_ summary: Summary) -> Step {
    summary.command == "validate" || summary.foresees
      ? Step(parts: [.words("Run the same command again.")])
      : Step(parts: [
        .words("Run "), .code("billdrop submit \(PageWords.shell(summary.fileName))"),
        .words(" again, with the same options. It goes on where it was; nothing is sent twice."),
      ])
  }

  private static func approve(_ summary: Summary, _ path: String?) -> Step {
    Step(
      parts: [
        .words("Look at the reason above. To let the file through, run the same command again with "),
        .code("--approve \(summary.digest?.short ?? "DIGEST")"), .words("; to leave it, do nothing."),
      ] + (path.map { [.words(" It was read from "), .code(Masking.oneLine($0)), .words(".")] } ?? []))
  }

  /// Values of a whole column are read by a layout, and nobody mends them row by row.
  private static func reading(_ summary: Summary) -> Step {
    let isSent = summary.command == "submit"
    return Step(
      parts: [
        .words(
          "All values of a column are wrong in the same way, and a line of a layout reads them: it stands under “What was "
            + "found”. Put it into the layout's \"fields\", then \(isSent ? "send the file again" : "use the layout") with "
        ),
        .code("--layout LAYOUT" + (isSent ? summary.digest.map { " --approve \($0.short)" } ?? "" : "")),
        .words("."),
      ]
        + (summary.feed == nil
          ? [.words(" Where it has none yet, "), .code("billdrop layout guess FILE > LAYOUT"), .words(" writes one.")]
          : []))
  }

  /// What is read as it is by a layout.
  private static let guessing = Step(parts: [
    .words("Or have it read as it is: "), .code("billdrop layout guess FILE > LAYOUT"),
    .words(" writes a layout for it. Look at that, then use it with "), .code("--layout LAYOUT"), .words("."),
  ])

  private static func wayOfMended(_ summary: Summary, _ facts: RunFacts) -> String {
    if facts.isOfDrop { return " and put that where files arrive." }
    return " and \(summary.command == "validate" ? "check" : "submit") that."
  }

  /// Rows that somebody must look at.
  private static func mending(_ summary: Summary, _ fileNames: [String], _ facts: RunFacts) -> [Step] {
    let accounting = summary.accounting
    var steps: [Step] = []
    let toMend = accounting.count(of: [.rejected, .refused])
    let reasons = "rejected.reasons.csv"
    if toMend > 0, let rejected = fileNames.first(where: { $0.hasPrefix("rejected.") && $0 != reasons }) {
      let why: [Step.Part] =
        fileNames.contains(reasons)
        ? [.words("; "), .link(reasons), .words(" says why each of them was rejected. Correct them, save it as ")]
        : [.words(", where the reasons stand with the rows; correct them, save it as ")]
      steps.append(
        Step(
          parts: [.words("Mend \(PageWords.count(toMend, "row")): open "), .link(rejected)] + why + [
            .code(SourceName(summary.fileName).mended),
            .words(wayOfMended(summary, facts)),
          ]))
    }
    let conflicts = accounting.count(of: [.conflict])
    if conflicts > 0 {
      steps.append(
        Step(parts: [
          .words("Compare \(PageWords.count(conflicts, "row")) in conflict with \(summary.operation.whatIsThere) ("),
          .link("rows.csv"), .words(" names them). \(summary.operation.wayOutOfConflict)"),
        ]))
    }
    let unknown = accounting.count(of: [.unknown])
    if unknown > 0, summary.verdict != .stopped {
      steps.append(
        Step(parts: [
          .words("Find out what became of \(PageWords.count(unknown, "row")): "),
          .code("billdrop settle \(PageWords.shell(summary.fileName))"), .words("."),
        ]))
    }
    return steps
  }
}

extension RunFacts {
  /// Whether no layout was named.
  fileprivate var isOfNoLayout: Bool { layoutName == "default" && !isOfDrop }
}

extension Summary {
  /// Whether its headings aren't known, or its text is none, so that a layout may read it.
  fileprivate var hasOtherForm: Bool {
    feed == nil && findings.contains { [.fileHeadingUnknown, .fileEncoding].contains($0.code) }
  }
}

extension OperationKind {
  /// What a row in conflict is compared with.
  fileprivate var whatIsThere: String {
    switch self {
    case .bill, .void, .correct: "the bills that are there"
    case .payment, .paymentAdded: "what the API shows as paid on their bills"
    case .customerBalance, .accountBalance: "the balances that the API shows"
    case .customer: "the customers that are there"
    case .account: "the accounts that are there"
    case .mixed: "what the API shows"
    }
  }

  fileprivate var wayOutOfConflict: String {
    switch self {
    case .bill:
      "A bill that must change is voided, and raised again under another reference; where the account is another "
        + "customer's, none was raised: correct the row, or the account, and send the row in a new file."
    case .void, .correct: "One that is paid, in part or whole, is left as it is."
    case .payment, .paymentAdded, .customerBalance, .accountBalance:
      "What is right then goes in a new file; the reason beside a row says where it can be sent again."
    case .customer, .account: "Change what is wrong, there or in a new file."
    case .mixed:
      "A bill that must change is voided, and raised again under another reference; a right balance or payment goes in a "
        + "new file."
    }
  }
}
