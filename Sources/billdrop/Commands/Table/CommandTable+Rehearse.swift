extension CommandTable {
  /// `submit` knows what each of these means.
  private static let shared: Set<String> = [
    "--in-flight", "--max-refused", "--parties", "--layout", "--duplicates", "--max-issues", "--format", "--progress",
  ]

  static let rehearse = CommandSpec(
    name: "rehearse", operands: .one("FILE"),
    summary: "Submit a bill file to a stand-in for the API on this machine, to see what that takes",
    details: """
      Starts moment-sandbox, which lies beside billdrop, with the limit and the latency that you state, and
      submits FILE to it with a ledger of its own: no key, no network, nothing of it is left. Tells what
      became of each row, how many requests it took and how long that is at the real limit, how many
      customers and accounts were created. With --reports the report of the submission is kept.
      Ends as submit would: 0, 1, 65, or 75 where it was interrupted.
      """,
    options: [
      OptionSpec(
        name: "--rate", value: .rate("N"),
        help: "the real API takes N requests a second: so many the rehearsal sends, and by it time is told "
          + "(default 50)"),
      OptionSpec(
        name: "--fast", value: .none, help: "don't keep to the limit: go as fast as this machine can, and reckon"),
      OptionSpec(
        name: "--latency", value: .number("MS"), help: "how late each answer comes, in milliseconds (default 0)"),
      OptionSpec(
        name: "--faults", value: .text("LIST"),
        help: "what goes wrong, and how often, as drop-after=0.01,503=0.02: see moment-sandbox --help"),
      OptionSpec(name: "--seed", value: .count("N"), help: "of the faults: the same seed, the same faults"),
      OptionSpec(
        name: "--ledger", value: .text("FILE"),
        help: "the customers and accounts that this ledger knows are there (default: none are)"),
      OptionSpec(
        name: "--sandbox", value: .text("FILE"), help: "the program moment-sandbox (default: beside billdrop)"),
      reports,
    ] + submit.options.filter { shared.contains($0.name) },
    example: "billdrop rehearse bills.csv --rate 100 --latency 80")
}
