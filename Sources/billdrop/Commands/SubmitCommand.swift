/// `billdrop submit`.
enum SubmitCommand {
  static func run(_ invocation: Invocation) -> ExitStatus { .usage }
}
