/// Commands that are made of this table.
extension CommandTable {
  static let man = CommandSpec(
    name: "man", operands: .any("COMMAND"), summary: "Print a manual page, or write all of them",
    details: """
      The page of COMMAND for man(1), as roff; without one the page of billdrop with all commands. With --into
      every page is written to DIR: billdrop.1, billdrop-submit.1 and so on.
      """,
    options: [
      OptionSpec(name: "--into", value: .text("DIR"), help: "write every page into DIR, made where it is missing")
    ],
    example: "billdrop man --into ~/.local/share/man/man1")

  static let completions = CommandSpec(
    name: "completions", operands: .one("SHELL"), summary: "Print what bash, zsh or fish completes",
    details: "SHELL is bash, zsh or fish. The first lines of what is printed say where to put it.", options: [],
    example: "billdrop completions bash > ~/.local/share/bash-completion/completions/billdrop")
}
