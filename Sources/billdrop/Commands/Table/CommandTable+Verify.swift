extension CommandTable {
  static let receiptKey = OptionSpec(
    name: "--receipt-key-file", value: .text("FILE"),
    help: "the key that receipts are signed with, 32 bytes or more (default: $BILLDROP_RECEIPT_KEY; without one they "
      + "are not signed)")

  /// The options of `submit` that say which API, key and pace it has.
  private static let connecting: Set<String> = [
    "--endpoint", "--ca-file", "--timeout", "--key-file", "--live", "--rate", "--burst", "--in-flight", "--daily",
    "--zone",
  ]

  static let verify = CommandSpec(
    name: "verify", operands: .one("FILE"),
    summary: "Check a receipt, or read a file's objects back from the API",
    details: """
      Without --receipt, reads every object of FILE, which was submitted, back from the API and holds it
      against its row: bills and what was paid on them, voids, customers, accounts and their balances; and the
      sums of money by the file against those by the API. What a later row of ours has changed, and what was
      paid since, is counted apart; of rows that were rejected, refused, skipped or are in conflict there is nothing
      to read, and it says how many they are. Takes the options of submit that say which API, key and ledger; changes
      nothing, but for what --daily counts. Ends 0 if all is as the file says, 1 if anything differs or no row got through, 75 if rows couldn't
      be read, were not sent or are unknown.

      With --receipt:
      A finished file leaves receipt.json in its report. Makes the receipt again from FILE and the ledger and
      compares every byte, proves its signature with the key, and holds the tables of the report beside it
      against it. Sends no request, needs no API key, changes nothing.
      Ends 0 if all fits, 65 if anything doesn't, 66 without a receipt, 78 if the ledger or the layout is another
      one, or a signed receipt comes without the key.
      """,
    options: [
      OptionSpec(
        name: "--receipt", value: .text("RECEIPT"),
        help: "check this receipt, receipt.json of a report; sends no request"),
      OptionSpec(
        name: "--sample", value: .count("N"), help: "read N rows back, spread evenly over the file, instead of all"),
      OptionSpec(
        name: "--from", value: .count("RECORD"),
        help: "read back from this row on (1 is the first), as one that ended before its end says"),
      OptionSpec(
        name: "--ledger", value: .text("FILE"),
        help: "the ledger, or a copy of it (default: that of the receipt's environment, as for submit)"),
      layout, duplicates, receiptKey, format,
    ] + submit.options.filter { connecting.contains($0.name) },
    example: "billdrop verify bills.csv --receipt billdrop-reports/bills.csv-47d95c759b31/submit/receipt.json")
}
