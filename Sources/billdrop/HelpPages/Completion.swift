import BillLayouts

/// What a shell completes, made from the table of commands.
struct Completion {
  static let shells = ["bash", "zsh", "fish"]

  let commands: [CommandSpec]

  /// The script for one of `shells`.
  func script(for shell: String) -> String {
    switch shell {
    case "bash": bash
    case "zsh": zsh
    default: fish
    }
  }

  /// The first words of commands, each once, with what they are for.
  var firstWords: [(word: String, summary: String)] {
    var words: [(word: String, summary: String)] = []
    for command in commands where !words.contains(where: { $0.word == command.group ?? command.name }) {
      let group = command.group.map { ($0, "Commands of \($0)") }
      words.append(group ?? (command.name, command.summary))
    }
    return words + [("help", "Show what a command does")]
  }

  /// Commands that have commands of their own, with those.
  var groups: [(name: String, commands: [CommandSpec])] {
    var names: [String] = []
    for group in commands.compactMap(\.group) where !names.contains(group) { names.append(group) }
    return names.map { name in (name, commands.filter { $0.group == name }) }
  }

  /// What may stand behind an option or as an operand.
  enum Expected {
    /// One of these.
    case words([String])
    case files
    /// A file, or one of these.
    case filesOr([String])
    /// Nothing that a shell could know.
    case anything
  }

  func expected(_ option: OptionSpec) -> Expected? {
    switch option.value {
    case .none: nil
    case .choice(let words): .words(words)
    case .text("LAYOUT"): .filesOr(Layout.builtInNames)
    case .text(let placeholder): Self.filePlaceholders.contains(placeholder) ? .files : .anything
    case .count, .number, .rate, .size, .digest, .day: .anything
    }
  }

  /// What a command's operands may be.
  func expectedOperand(_ command: CommandSpec) -> Expected {
    switch command.operands {
    case .none: .anything
    case .one(let name), .maybe(let name), .any(let name), .some(let name), .two(let name, _),
      .oneAndMaybe(let name, _):
      switch name {
      case "CODE": .words(Explanations.all.map(\.code))
      case "SHELL": .words(Self.shells)
      case "COMMAND": .words(commands.flatMap { $0.name.split(separator: " ").map(String.init) })
      case "USE": .words(StarterUse.allCases.map(\.rawValue))
      case "NAME" where command.name == "layout show": .words(Layout.builtInNames)
      case "NAME": .anything
      case "LAYOUT": .filesOr(Layout.builtInNames)
      default: .files
      }
    }
  }

  private static let filePlaceholders: Set<String> = ["FILE", "DIR", "PLAN", "RECEIPT", "PROGRAM"]
}
