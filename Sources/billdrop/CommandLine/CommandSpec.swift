/// One command: its options, its operands and its help. The single source of parsing and help.
struct CommandSpec: Sendable {
  /// How many operands a command takes.
  enum Operands: Sendable {
    case none
    /// Exactly one, with the name that the help shows.
    case one(String)
    /// One or more.
    case some(String)

    var usage: String {
      switch self {
      case .none: ""
      case .one(let name): " \(name)"
      case .some(let name): " \(name)…"
      }
    }
  }

  let name: String
  let operands: Operands
  /// One line for the list of commands.
  let summary: String
  /// A paragraph or two: what it does, what it never does.
  let details: String
  let options: [OptionSpec]
  /// A command line that works.
  let example: String
}
