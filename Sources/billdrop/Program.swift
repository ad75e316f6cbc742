import BillModel

/// The command line as a whole: finds the command, runs it, turns what happened into an exit code.
enum Program {
  static func run(_ words: [String]) -> ExitStatus {
    guard let first = words.first else {
      Console.message(Help.overview(Command.allCases.map(\.spec)))
      return .usage
    }
    if ["--help", "-h", "help"].contains(first) {
      Console.answer(Help.overview(Command.allCases.map(\.spec)))
      return .accepted
    }
    do throws(UsageError) {
      let name = first == "--version" ? "version" : first
      let command = try find(name)
      let invocation = try Invocation(Array(words.dropFirst()), for: command.spec)
      if invocation.wantsHelp {
        Console.answer(Help.command(command.spec))
        return .accepted
      }
      return run(command, invocation)
    } catch {
      Console.message("billdrop: \(error.message)\n  \(error.hint)")
      return .usage
    }
  }

  private static func find(_ name: String) throws(UsageError) -> Command {
    if let command = Command.allCases.first(where: { $0.spec.name == name }) { return command }
    let near = NearestName.of(name, among: Command.allCases.map(\.spec.name))
    throw UsageError(
      message: "“\(name)” is no command.", hint: near.map { "Did you mean \($0)?" } ?? "See: billdrop --help")
  }

  private static func run(_ command: Command, _ invocation: Invocation) -> ExitStatus {
    switch command {
    case .validate: ValidateCommand.run(invocation)
    case .submit: SubmitCommand.run(invocation)
    case .show: ShowCommand.run(invocation)
    case .version: VersionCommand.run(invocation)
    }
  }
}
