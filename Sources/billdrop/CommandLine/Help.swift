/// Prints help from the table of commands.
enum Help {
  /// What `billdrop --help` prints.
  static func overview(_ commands: [CommandSpec]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    let lines = commands.map { "  \(padded($0.name, width))  \($0.summary)" }
    return """
      billdrop checks bill files and submits them to Moment's Billing API,
      every row and every cent accounted for.

      Usage: billdrop COMMAND [OPTIONS] [FILE…]

      Commands:
      \(lines.joined(separator: "\n"))

      billdrop COMMAND --help shows a command's options and an example.

      """
  }

  /// What `billdrop GROUP --help` prints, where the group has sub-commands.
  static func group(_ name: String, _ commands: [CommandSpec]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    let lines = commands.map { "  \(padded($0.name, width))  \($0.summary)" }
    return """
      Usage: billdrop \(name) COMMAND [OPTIONS] …

      Commands:
      \(lines.joined(separator: "\n"))

      billdrop \(name) COMMAND --help shows a command's options and an example.

      """
  }

  /// What `billdrop COMMAND --help` prints.
  static func command(_ command: CommandSpec) -> String {
    var text = "\(command.summary).\n\nUsage: billdrop \(command.name)"
    text += (command.options.isEmpty ? "" : " [OPTIONS]") + command.operands.usage + "\n\n" + command.details + "\n"
    if !command.options.isEmpty {
      let width = command.options.map(\.usage.count).max() ?? 0
      text += "\nOptions:\n"
      for option in command.options { text += entry(option, width) }
    }
    return text + "\nExample:\n  \(command.example)\n"
  }

  /// An option and its help, wrapped at 100 columns under itself.
  private static func entry(_ option: OptionSpec, _ width: Int) -> String {
    var lines = [""]
    for word in option.help.split(separator: " ") {
      let last = lines[lines.count - 1]
      if !last.isEmpty, width + 4 + last.count + 1 + word.count > 100 {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = last.isEmpty ? String(word) : last + " " + word
      }
    }
    let margin = "\n" + String(repeating: " ", count: width + 4)
    return "  \(padded(option.usage, width))  \(lines.joined(separator: margin))\n"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
