extension CommandTable {
  static let explain = CommandSpec(
    name: "explain", operands: .any("CODE"), summary: "Explain a code: of a finding, an outcome or an exit",
    details: """
      What it means, why it matters, what it looks like and what to do. Without a CODE every code is listed.
      The same text is the page docs/codes.md.
      """,
    options: [
      OptionSpec(
        name: "--format", value: .choice(["json", "markdown"]),
        help: "one JSON object, or the page of all codes, instead of text")
    ],
    example: "billdrop explain amount.format")
}
