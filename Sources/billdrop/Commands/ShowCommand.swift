/// `billdrop show`.
enum ShowCommand {
  static func run(_ invocation: Invocation) -> ExitStatus { .usage }
}
