extension CommandTable {
  /// The options that say which API, key, ledger, reports and pace there are: `submit` knows what each means.
  private static let shared: Set<String> = [
    "--config", "--feed", "--endpoint", "--ca-file", "--timeout", "--key-file", "--live", "--ledger", "--rate",
    "--burst", "--in-flight", "--layout", "--duplicates", "--approve", "--max-issues", "--format", "--progress",
  ]

  static let plan = CommandSpec(
    name: "plan", operands: .some("FILE"),
    summary: "Tell what submitting bill files would do, row by row; nothing is written",
    details: """
      Checks each FILE as submit does, then says of every row what would become of it: created, unchanged,
      in conflict and in which fields, paid, voided; how many customers and accounts would be created, how
      many requests it takes and how long at the limit. From the ledger, and by questions to the API, under
      the rate limit, for what the ledger doesn't know. Nothing is written at the API or in the ledger. With
      --reports the report has plan.json: `billdrop submit FILE --plan plan.json` does that, and stops where
      the world has changed since.
      Ends 0 if every row would be accepted, or if the file was done already, so that nothing would be sent;
      1 if some rows would not be accepted, 65 if a file as a whole can't be used, 75 if rows would not be
      sent, or if the API couldn't be asked.
      """,
    options: [
      OptionSpec(name: "--ask-all", value: .none, help: "ask the API also about what the ledger knows"),
      reports,
    ] + submit.options.filter { shared.contains($0.name) },
    example: "MOMENT_API_KEY=sk_test_… billdrop plan bills.csv --rate 100 --reports plans")
}
