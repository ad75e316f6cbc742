extension Completion {
  /// An autoloaded function of zsh's completion system (zshcompsys(1)).
  var zsh: String {
    """
    #compdef billdrop
    # Completion of billdrop for zsh: put this file as _billdrop into a folder of $fpath.
    _billdrop() {
      local -a entries
      local command=$words[2]
      if (( CURRENT == 2 )); then
        entries=(
    \(firstWords.map { "      \(described($0.word, $0.summary))" }.joined(separator: "\n"))
        )
        _describe command entries
        return
      fi
      case $command in
    \(zshGroups)
      esac
      shift words
      (( CURRENT-- ))
      case $command in
    \(commands.map(zshCase).joined(separator: "\n"))
      esac
    }
    _billdrop "$@"

    """
  }

  private var zshGroups: String {
    groups.map { group in
      let entries = group.commands.map { described($0.ownName, $0.summary) }.joined(separator: " ")
      return """
            \(group.name))
              if (( CURRENT == 3 )); then
                entries=(\(entries))
                _describe command entries
                return
              fi
              command="$words[2] $words[3]"
              shift words
              (( CURRENT-- ))
              ;;
        """
    }.joined(separator: "\n")
  }

  private func zshCase(_ command: CommandSpec) -> String {
    let options = command.options.map { option -> String in
      let value = expected(option).map { ":value:\(action($0))" } ?? ""
      return "'\(option.name)[\(escaped(option.help))]\(value)'"
    }
    let operand = "'*:operand:\(action(expectedOperand(command)))'"
    let words = (options + ["'--help[show what it does]'", operand]).joined(separator: " ")
    return "    '\(command.name)') _arguments \(words) ;;"
  }

  private func action(_ expected: Expected) -> String {
    switch expected {
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .files: "_files"
    case .filesOr(let words): "{compadd \(words.joined(separator: " ")); _files}"
    case .anything: " "
    }
  }

  /// An entry of `_describe`.
  private func described(_ word: String, _ summary: String) -> String { "'\(word):\(escaped(summary))'" }

  /// A text between single quotes, in which nothing ends a description.
  private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
      .replacing(":", with: "\\:").replacing("'", with: "'\\''")
  }
}
