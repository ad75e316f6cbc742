import BillModel
import BillReports

/// The command line as a whole: finds the command, runs it, turns what happened into an exit code.
enum Program {
  static func run(_ words: [String]) -> ExitStatus {
    guard let first = words.first else {
      Console.message(Help(columns: Screen.usualColumns).overview(Command.allCases.map(\.spec)))
      return .usage
    }
    if first == "help", words.count > 1 { return run(words.dropFirst() + ["--help"]) }
    if ["--help", "-h", "help"].contains(first) {
      Console.answer(Help(columns: Console.answersScreen.columns).overview(Command.allCases.map(\.spec)))
      return .accepted
    }
    do throws(UsageError) {
      let words = first == "--version" ? ["version"] + words.dropFirst() : words
      if words[0].hasPrefix("-"), words[0] != "--version" {
        throw UsageError(
          message: "A command comes first, then its options, as \(Masking.cut(words[0])).", hint: "See: billdrop --help"
        )
      }
      let group = Command.allCases.map(\.spec).filter { $0.group == words[0] }
      if !group.isEmpty, words.count > 1, ["--help", "-h", "help"].contains(words[1]) {
        Console.answer(Help(columns: Console.answersScreen.columns).group(words[0], group))
        return .accepted
      }
      let command = try find(words, inGroup: group)
      let used = group.isEmpty ? 1 : 2
      let invocation = try Invocation(Array(words.dropFirst(used)), for: command.spec)
      if invocation.wantsHelp {
        Console.answer(Help(columns: Console.answersScreen.columns).command(command.spec))
        return .accepted
      }
      let status = run(command, invocation)
      if invocation.text("--format") == "json" { answerFault(of: command, status) }
      return status
    } catch {
      Console.message("billdrop: \(error.message)\n  \(error.hint)")
      return .usage
    }
  }

  /// What programs get that asked for JSON, where the command ended without an answer: what it said instead.
  private static func answerFault(of command: Command, _ status: ExitStatus) {
    guard status != .accepted, let message = Console.unansweredMessage else { return }
    var json = JSONText()
    json.object { json in
      json.string("command", command.spec.name)
      json.object("error") {
        $0.integer("exit", status.rawValue)
        $0.string("message", message)
      }
    }
    Console.answer(json.text + "\n")
  }

  /// The command that the first word names, or the first two where the first one is a group.
  private static func find(_ words: [String], inGroup group: [CommandSpec]) throws(UsageError) -> Command {
    if !group.isEmpty, words.count < 2 {
      throw UsageError(
        message: "\(words[0]) needs a command of its own: \(group.map(\.ownName).joined(separator: ", ")).",
        hint: "See: billdrop \(words[0]) --help")
    }
    let name = group.isEmpty ? words[0] : words.prefix(2).joined(separator: " ")
    if let command = Command.allCases.first(where: { $0.spec.name == name }) { return command }
    let names = group.isEmpty ? Command.allCases.map(\.spec).map { $0.group ?? $0.name } : group.map(\.name)
    let help = group.isEmpty ? "billdrop --help" : "billdrop \(words[0]) --help"
    throw UsageError(
      message: "“\(name)” is no command.",
      hint: NearestName.of(name, among: names).map { "Did you mean \($0)?" } ?? "See: \(help)")
  }

  private static func run(_ command: Command, _ invocation: Invocation) -> ExitStatus {
    switch command {
    case .validate: ValidateCommand.run(invocation)
    case .plan: PlanCommand.run(invocation)
    case .rehearse: RehearseCommand.run(invocation)
    case .submit: SubmitCommand.run(invocation)
    case .settle: SettleCommand.run(invocation)
    case .diff: DiffCommand.run(invocation)
    case .verify: VerifyCommand.run(invocation)
    case .run: RunCommand.run(invocation)
    case .configCheck: ConfigCheckCommand.run(invocation)
    case .show: ShowCommand.run(invocation)
    case .layoutList: LayoutListCommand.run(invocation)
    case .layoutShow: LayoutShowCommand.run(invocation)
    case .layoutCheck: LayoutCheckCommand.run(invocation)
    case .layoutGuess: LayoutGuessCommand.run(invocation)
    case .status: StatusCommand.run(invocation)
    case .report: ReportCommand.run(invocation)
    case .mergeReports: MergeReportsCommand.run(invocation)
    case .explain: ExplainCommand.run(invocation)
    case .forget: ForgetCommand.run(invocation)
    case .initialise: InitCommand.run(invocation)
    case .man: ManCommand.run(invocation)
    case .completions: CompletionsCommand.run(invocation)
    case .doctor: DoctorCommand.run(invocation)
    case .version: VersionCommand.run(invocation)
    case .eventsServe: EventsServeCommand.run(invocation)
    case .eventsImport: EventsImportCommand.run(invocation)
    case .eventsList: EventsListCommand.run(invocation)
    case .reconcile: ReconcileCommand.run(invocation)
    }
  }
}
