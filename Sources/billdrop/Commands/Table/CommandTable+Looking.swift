/// Commands that look at what the ledger knows.
extension CommandTable {
  private static let ledger = OptionSpec(
    name: "--ledger", value: .text("FILE"),
    help: "look at this ledger (default: all below $STATE_DIRECTORY, else $XDG_STATE_HOME/billdrop)")

  static let status = CommandSpec(
    name: "status", operands: .maybe("FILE"),
    summary: "Tell what runs now, what needs somebody and what to do, and what ran",
    details: """
      What the process that uses a ledger is doing, with its pace and the time left; what needs somebody: files that
      are held, with their place, rejected as a whole, or missing, and drops that can't be used, each with what to do;
      and the files that were submitted last with what became of their rows. With FILE (a file's name, or the first
      12 digits of its SHA-256; a feed's name does too) only those. It looks, waits for nobody, and changes nothing.
      """,
    options: [
      ledger,
      OptionSpec(
        name: "--config", value: .text("FILE"),
        help: "look at the ledgers of this configuration, and ask its calendar what is missing now"),
      OptionSpec(name: "--limit", value: .count("N"), help: "show the last N files (default 10)"), format,
    ],
    example: "billdrop status --config billdrop.json")

  static let report = CommandSpec(
    name: "report", operands: .one("FILE"), summary: "Write a submitted file's report again, from the ledger",
    details: """
      With the file itself at hand the report is the one that its submission wrote, but for how fast it went.
      Where FILE is no file here but the name of one, or the first 12 digits of its SHA-256, the report
      is of what the ledger holds: no lines, no amounts, no rejected rows, in a folder of its own. Nothing is
      sent, and no key is needed.
      """,
    options: [
      ledger, reports, layout, duplicates,
      OptionSpec(
        name: "--unmask", value: .none, help: "write a page beside it that masks nothing: report.unmasked.html"),
      format,
    ],
    example: "billdrop report bills.csv")
}
