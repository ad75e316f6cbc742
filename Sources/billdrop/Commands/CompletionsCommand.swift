import BillModel

/// `billdrop completions`.
enum CompletionsCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let shell = invocation.operands[0]
    guard Completion.shells.contains(shell) else {
      let near = NearestName.of(shell, among: Completion.shells).map { "Did you mean \($0)?" }
      Console.message(
        "billdrop: there is no completion for “\(Masking.cut(shell))”.\n  \(near ?? "There is for bash, zsh and fish.")"
      )
      return .usage
    }
    let text = Completion(commands: Command.allCases.map(\.spec)).script(for: shell)
    return Console.answer(text) || Console.readerHasLeft ? .accepted : .inputOutput
  }
}
