extension CommandTable {
  /// The options that say which API, key, ledger, reports and pace a submission has: `submit` knows what each means.
  private static let shared: Set<String> = [
    "--config", "--feed", "--endpoint", "--ca-file", "--timeout", "--key-file", "--live", "--ledger", "--reports",
    "--rate", "--burst",
    "--in-flight", "--quiet",
    "--daily", "--zone", "--layout", "--duplicates", "--max-issues", "--format", "--progress", "--receipt-key-file",
  ]

  static let settle = CommandSpec(
    name: "settle", operands: .some("FILE"),
    summary: "Find out what became of a file's unknown rows; send no others",
    details: """
      Of each FILE, which must be as it was when it was submitted, takes the rows that are unknown: a request
      was sent, and its fate was not heard. Each is looked up, or its own request is sent again under its own
      key, or, once that key has expired and the bill is proved absent, raised under a new one. Then the
      report of the submission is written again. With --look it only asks, and tells what it would decide;
      nothing is written, neither at the API nor in ledger or report, but for what --daily counts.
      Ends 0 if every row is accepted, 1 if some were rejected, refused or in conflict, 75 if rows are unknown
      still, or not sent; with --look 0 or 1 by what the unknown rows would become, 75 if a look can't tell.
      """,
    options: [OptionSpec(name: "--look", value: .none, help: "only ask, and tell what would be decided")]
      + submit.options.filter { shared.contains($0.name) },
    example: "MOMENT_API_KEY=sk_test_… billdrop settle bills.csv --look")
}
