extension CommandTable {
  static let receiptKey = OptionSpec(
    name: "--receipt-key-file", value: .text("FILE"),
    help: "the key that receipts are signed with, 32 bytes or more (default: $BILLDROP_RECEIPT_KEY; without one they "
      + "are not signed)")

  static let verify = CommandSpec(
    name: "verify", operands: .one("FILE"),
    summary: "Check a receipt against its file, the ledger and the report",
    details: """
      A finished file leaves receipt.json in its report. Makes the receipt again from FILE and the ledger and
      compares every byte, proves its signature with the key, and holds the tables of the report beside it
      against it. Sends no request, needs no API key, changes nothing.
      Ends 0 if all fits, 65 if anything doesn't, 66 without a receipt, 78 if the ledger is another one or a
      signed receipt comes without the key.
      """,
    options: [
      OptionSpec(name: "--receipt", value: .text("RECEIPT"), help: "the receipt, receipt.json of a report (needed)"),
      OptionSpec(
        name: "--ledger", value: .text("FILE"),
        help: "the ledger, or a copy of it (default: that of the receipt's environment, as for submit)"),
      layout, duplicates, receiptKey, format,
    ],
    example: "billdrop verify bills.csv --receipt billdrop-reports/bills.csv-47d95c759b31/submit/receipt.json")
}
