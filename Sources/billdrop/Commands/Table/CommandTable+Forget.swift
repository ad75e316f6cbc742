extension CommandTable {
  static let forget = CommandSpec(
    name: "forget", operands: .any("FILE"),
    summary: "Remove what isn't needed any more: reports, archived files, texts",
    details: """
      The reports of each FILE (a file's name, the first 12 digits of its SHA-256, or a path with a slash in it: then
      the file with these bytes, whatever it is called) and the words of the API's that the ledger has with its rows;
      with --config the copies of it that lie in the drops are named, and with --copies they go too: archived,
      rejected, delivered, staged ones. A file of its name with other bytes than the ledger knows stays. Or, with
      --older-than, all that is older than so many days: reports, words of the API's; with --config also files in the
      archives of its drops and reports that were delivered there, each since it was put there, whatever time its
      sender gave it. It tells what would go; with --yes it goes; what can't be removed is told, and the rest goes all
      the same. A FILE that no ledger and no report knows ends in 66. What stays: receipts; what billdrop didn't write; files that are held or stopped, and their reports;
      rejected ones that somebody has to look at; of the ledger all by which a bill could be raised twice if it were
      gone: references, digests, ids, outcomes, the states of files.
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
      OptionSpec(
        name: "--copies", value: .none, help: "with FILE and --config: its copies in the drops go, too"),
      OptionSpec(name: "--yes", value: .none, help: "do it: what is removed is gone for good"),
      format,
    ],
    example: "billdrop forget --older-than 90 --config billdrop.json")
}
