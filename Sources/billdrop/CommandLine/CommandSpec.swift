/// One command: its options, its operands and its help. The single source of parsing and help.
struct CommandSpec: Sendable {
  /// How many operands a command takes.
  enum Operands: Sendable {
    case none
    /// Exactly one, with the name that the help shows.
    case one(String)
    /// Exactly two.
    case two(String, String)
    /// One, and a second one where it is wanted.
    case oneAndMaybe(String, String)
    /// One, or none.
    case maybe(String)
    /// None or more.
    case any(String)
    /// One or more.
    case some(String)

    var usage: String {
      switch self {
      case .none: ""
      case .one(let name): " \(name)"
      case .two(let first, let second): " \(first) \(second)"
      case .oneAndMaybe(let name, let second): " \(name) [\(second)]"
      case .maybe(let name): " [\(name)]"
      case .any(let name): " [\(name)…]"
      case .some(let name): " \(name)…"
      }
    }
  }

  /// As it is typed: `validate`; a sub-command with the command that it belongs to, `layout check`.
  let name: String
  let operands: Operands
  /// One line for the list of commands.
  let summary: String
  /// A paragraph or two: what it does, what it never does.
  let details: String
  let options: [OptionSpec]
  /// A command line that works.
  let example: String

  /// The command that a sub-command belongs to: `layout` of `layout check`.
  var group: String? { name.contains(" ") ? name.split(separator: " ").first.map(String.init) : nil }

  /// The last word of its name: `check` of `layout check`.
  var ownName: String { name.split(separator: " ").last.map(String.init) ?? name }
}
