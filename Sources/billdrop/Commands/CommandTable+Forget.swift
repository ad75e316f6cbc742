extension CommandTable {
  static let forget = CommandSpec(
    name: "forget", operands: .any("FILE"),
    summary: "Remove what isn't needed any more: reports, archived files, texts",
    details: """
      The reports of each FILE (a file's name, or the first 12 digits of its SHA-256), or with --older-than all
      that is older than so many days: reports; with --config also files in the archives of its drops and reports
      that were delivered there; of the ledger the words of the API's. It tells what would go; with --yes it goes.
      What stays: receipts; reports of files that are held or stopped; of the ledger all by which a bill could be
      raised twice if it were gone: references, digests, ids, outcomes, the states of files.
      """,
    options: [
      OptionSpec(name: "--older-than", value: .count("DAYS"), help: "all that is older than so many days"),
      OptionSpec(
        name: "--reports", value: .text("DIR"), help: "the folder of all reports (default ./billdrop-reports)"),
      OptionSpec(
        name: "--ledger", value: .text("FILE"),
        help: "this ledger (default: all below $STATE_DIRECTORY, else $XDG_STATE_HOME/billdrop)"),
      OptionSpec(
        name: "--config", value: .text("FILE"), help: "also what the feeds of this configuration have, their drops too"),
      OptionSpec(name: "--yes", value: .none, help: "do it: what is removed is gone for good"),
      format,
    ],
    example: "billdrop forget --older-than 90 --config billdrop.json")
}
