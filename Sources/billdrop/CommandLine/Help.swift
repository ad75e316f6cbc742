/// Prints help from the table of commands, as wide as the terminal is.
struct Help {
  /// Columns.
  let columns: Int

  /// Longer lines read badly.
  private static let mostColumns = 100
  /// An option's help stands beside it where so many columns are left for it, else below it.
  private static let leastBeside = 36

  init(columns: Int) { self.columns = min(columns, Self.mostColumns) }

  /// What `billdrop --help` prints.
  func overview(_ commands: [CommandSpec]) -> String {
    let head = lines(
      "billdrop checks bill files and submits them to Moment's Billing API, every row and every cent accounted for.")
    return head + "\n" + lines("Usage: billdrop COMMAND [OPTIONS] [FILE…]") + "\nCommands:\n" + list(commands) + "\n"
      + lines("billdrop COMMAND --help shows a command's options and an example.")
  }

  /// What `billdrop GROUP --help` prints, where the group has sub-commands.
  func group(_ name: String, _ commands: [CommandSpec]) -> String {
    lines("Usage: billdrop \(name) COMMAND [OPTIONS] …") + "\nCommands:\n" + list(commands) + "\n"
      + lines("billdrop \(name) COMMAND --help shows a command's options and an example.")
  }

  /// What `billdrop COMMAND --help` prints.
  func command(_ command: CommandSpec) -> String {
    let usage = command.name + (command.options.isEmpty ? "" : " [OPTIONS]") + command.operands.usage
    var text = lines(command.summary + ".") + "\n" + lines("Usage: billdrop \(usage)") + "\n"
    text += paragraphs(command.details).map { lines($0) }.joined()
    if !command.options.isEmpty {
      text += "\nOptions:\n" + entries(command.options.map { ($0.usage, $0.help) })
    }
    return text + "\nExample:\n  \(command.example)\n"
  }

  private func list(_ commands: [CommandSpec]) -> String { entries(commands.map { ($0.name, $0.summary) }) }

  /// The paragraphs of a text whose lines are broken by hand; a line that ends in a colon stands alone.
  private func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if isOpen, !line.isEmpty {
        paragraphs[paragraphs.count - 1] += " " + line
      } else {
        paragraphs.append(String(line))
      }
      isOpen = !line.isEmpty && !line.hasSuffix(":")
    }
    return paragraphs
  }

  /// Words, and what is said of each beside it or below.
  private func entries(_ entries: [(word: String, help: String)]) -> String {
    let width = entries.map(\.word.count).max() ?? 0
    let isBeside = columns - width - 4 >= Self.leastBeside
    let margin = String(repeating: " ", count: isBeside ? width + 4 : 6)
    var text = ""
    for (word, help) in entries {
      let first = "  " + word + String(repeating: " ", count: max(0, width + 2 - word.count))
      if isBeside {
        text += lines(help, first: first, margin: margin)
      } else {
        text += lines(word, first: "  ", margin: "    ") + lines(help, first: margin, margin: margin)
      }
    }
    return text
  }

  private func lines(_ text: String, first: String = "", margin: String = "") -> String {
    TextLines.wrap(text, to: columns, first: first, margin: margin).joined(separator: "\n") + "\n"
  }
}
