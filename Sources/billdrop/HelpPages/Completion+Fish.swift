extension Completion {
  /// Lines of `complete` (fish-completions).
  var fish: String {
    var lines = [
      "# Completion of billdrop for fish: put this file as billdrop.fish into ~/.config/fish/completions", "",
      "complete -c billdrop -n __fish_use_subcommand -f",
    ]
    for (word, summary) in firstWords {
      lines.append("complete -c billdrop -n __fish_use_subcommand -f -a \(word) -d \(quoted(summary))")
    }
    for group in groups {
      let names = group.commands.map(\.ownName).joined(separator: " ")
      let isOpen = "__fish_seen_subcommand_from \(group.name); and not __fish_seen_subcommand_from \(names)"
      for command in group.commands {
        lines.append(
          "complete -c billdrop -n \(quoted(isOpen)) -f -a \(command.ownName) -d \(quoted(command.summary))")
      }
    }
    for command in commands { lines += fishLines(command) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func fishLines(_ command: CommandSpec) -> [String] {
    let words = command.name.split(separator: " ").map { "__fish_seen_subcommand_from \($0)" }
    let here = "complete -c billdrop -n \(quoted(words.joined(separator: "; and ")))"
    var lines = command.options.map { option -> String in
      let value =
        switch expected(option) {
        case .words(let words): " -x -a \(quoted(words.joined(separator: " ")))"
        case .files: " -r -F"
        case .filesOr(let words): " -r -F -a \(quoted(words.joined(separator: " ")))"
        case .anything: " -x"
        case nil: " -f"
        }
      return "\(here) -l \(option.name.dropFirst(2))\(value) -d \(quoted(option.help))"
    }
    switch expectedOperand(command) {
    case .words(let words): lines.append("\(here) -f -a \(quoted(words.joined(separator: " ")))")
    case .files: lines.append("\(here) -F")
    case .filesOr(let words): lines.append("\(here) -F -a \(quoted(words.joined(separator: " ")))")
    case .anything: lines.append("\(here) -f")
    }
    return lines + ["\(here) -l help -f -d 'show what it does'"]
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
