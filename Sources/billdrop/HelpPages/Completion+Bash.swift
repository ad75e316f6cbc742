extension Completion {
  /// A script to be sourced, or to lie in a folder of bash-completion. `--option=word` is cut by bash at the `=`.
  var bash: String {
    """
    # Completion of billdrop for bash: source this file, or put it into
    # ~/.local/share/bash-completion/completions/billdrop
    _billdrop() {
      local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
      local command=${COMP_WORDS[1]} words= files=
      COMPREPLY=()
      if [ "$word" = "=" ]; then word=; elif [ "$before" = "=" ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
      if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "\(firstWords.map(\.word).joined(separator: " ")) --help" -- "$word"))
        return
      fi
      if [ "$COMP_CWORD" -gt 2 ]; then
        case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in
          \(subcommandPattern)) command="${COMP_WORDS[1]} ${COMP_WORDS[2]}" ;;
        esac
      fi
      case "$command $before" in
    \(bashValues)
      esac
      if [ -n "$words$files" ]; then
        _billdrop_answer
        return
      fi
      case $command in
    \(bashCommands)
      esac
      case $word in -*) files= ;; esac
      _billdrop_answer
    }
    _billdrop_answer() {
      [ "$words" = - ] || COMPREPLY=($(compgen -W "$words" -- "$word"))
      if [ -n "$files" ]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen -f -- "$word"))
      fi
    }
    complete -F _billdrop billdrop

    """
  }

  private var subcommandPattern: String {
    commands.filter { $0.group != nil }.map { "\"\($0.name)\"" }.joined(separator: "|")
  }

  /// What stands behind each option that takes a value; `-` where nothing can be offered.
  private var bashValues: String {
    var lines: [String] = []
    for command in commands {
      for option in command.options {
        guard let expected = expected(option) else { continue }
        let action =
          switch expected {
          case .words(let words): "words=\"\(words.joined(separator: " "))\""
          case .files: "files=yes"
          case .filesOr(let words): "words=\"\(words.joined(separator: " "))\" files=yes"
          case .anything: "words=-"
          }
        lines.append("    \"\(command.name) \(option.name)\") \(action) ;;")
      }
    }
    return lines.joined(separator: "\n")
  }

  private var bashCommands: String {
    var lines: [String] = []
    for command in commands {
      var words = command.options.map(\.name) + ["--help"]
      var files = ""
      switch expectedOperand(command) {
      case .words(let more): words += more
      case .files: files = " files=yes"
      case .filesOr(let more):
        words += more
        files = " files=yes"
      case .anything: break
      }
      lines.append("    \"\(command.name)\") words=\"\(words.joined(separator: " "))\"\(files) ;;")
    }
    for group in groups {
      let own = group.commands.map(\.ownName).joined(separator: " ")
      lines.append("    \"\(group.name)\") words=\"\(own) --help\" ;;")
    }
    lines.append("    help) words=\"\(firstWords.dropLast().map(\.word).joined(separator: " "))\" ;;")
    return lines.joined(separator: "\n")
  }
}
