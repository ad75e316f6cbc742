extension CommandTable {
  static let mergeReports = CommandSpec(
    name: "merge-reports", operands: .some("DIR"),
    summary: "Join the reports of parts that were validated apart",
    details: """
      For an archive that was cut into parts and checked by many machines, each with `billdrop validate PART
      --references --reports DIR`. Joins the summaries, and compares rows of different parts as those of one
      file: a reference stands once, an account has one customer. Each DIR is a report, or holds reports.
      Which row stands first is said by the order of DIRs, and of names below one. Ends as validate does.
      """,
    options: [
      OptionSpec(
        name: "--parts", value: .count("N"),
        help: "there must be N parts: fewer or more end in 66, and nothing is joined"),
      OptionSpec(name: "--name", value: .text("NAME"), help: "what the whole is called (default: all-parts)"),
      reports, format,
    ],
    example: "billdrop merge-reports reports --parts 200 --name archive --reports joined")
}
