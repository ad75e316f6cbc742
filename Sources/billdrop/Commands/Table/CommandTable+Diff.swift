extension CommandTable {
  static let diff = CommandSpec(
    name: "diff", operands: .two("OLD", "NEW"),
    summary: "Compare two bill files: bills added, gone, changed; parties; money",
    details: """
      Checks both files, and compares the rows that stand: bills by their reference, field by field, customers
      and accounts by theirs, totals by currency. No network, no key, nothing sent. The files need not fit
      into memory. With --reports each difference stands in changes.csv, personal values masked.
      Ends 0 where all rows could be compared, whether they differ or not, 1 if rows of either are rejected,
      65 if a file as a whole can't be used.
      """,
    options: [
      layout,
      OptionSpec(
        name: "--old-layout", value: .text("LAYOUT"), help: "the layout of OLD, where it is another (default: the same)"
      ),
      reports, duplicates, format, progress, threads,
      OptionSpec(
        name: "--memory", value: .size("SIZE"),
        help: "take about SIZE of memory for a check (default 64M, 32M at least), and temporary files for the rest"),
    ],
    example: "billdrop diff nightly-01.csv nightly-02.csv")
}
