/// The commands, in the order of the help.
enum Command: CaseIterable {
  case validate, plan, rehearse, submit, settle, run, configCheck, diff, verify, show
  case layoutList, layoutShow, layoutCheck, layoutGuess, status, report, mergeReports
  case eventsServe, eventsImport, eventsList, reconcile, forget, explain, doctor, initialise, man, completions, version

  /// The command's options, operands and help.
  var spec: CommandSpec {
    switch self {
    case .validate: CommandTable.validate
    case .plan: CommandTable.plan
    case .rehearse: CommandTable.rehearse
    case .submit: CommandTable.submit
    case .settle: CommandTable.settle
    case .diff: CommandTable.diff
    case .verify: CommandTable.verify
    case .run: CommandTable.run
    case .configCheck: CommandTable.configCheck
    case .show: CommandTable.show
    case .layoutList: CommandTable.layoutList
    case .layoutShow: CommandTable.layoutShow
    case .layoutCheck: CommandTable.layoutCheck
    case .layoutGuess: CommandTable.layoutGuess
    case .status: CommandTable.status
    case .report: CommandTable.report
    case .mergeReports: CommandTable.mergeReports
    case .forget: CommandTable.forget
    case .explain: CommandTable.explain
    case .doctor: CommandTable.doctor
    case .initialise: CommandTable.initialise
    case .man: CommandTable.man
    case .completions: CommandTable.completions
    case .version: CommandTable.version
    case .eventsServe: CommandTable.eventsServe
    case .eventsImport: CommandTable.eventsImport
    case .eventsList: CommandTable.eventsList
    case .reconcile: CommandTable.reconcile
    }
  }
}

/// What each command takes and tells.
enum CommandTable {
  static let reports = OptionSpec(
    name: "--reports", value: .text("DIR"), help: "write each file's report into a folder of its own below DIR")
  static let format = OptionSpec(
    name: "--format", value: .choice(["json"]), help: "one JSON object on standard output instead of text")
  static let progress = OptionSpec(
    name: "--progress", value: .choice(["json"]),
    help: "tell programs how far it is: a JSON object a line, one a second, on standard error")
  static let maxIssues = OptionSpec(
    name: "--max-issues", value: .count("N"),
    help: "show N kinds of finding, with N rows of each (default: as many as fit 25 lines, 3 rows of each at most)")
  static let duplicates = OptionSpec(
    name: "--duplicates", value: .choice(["first"]),
    help: "where rows claim one reference but differ, let the first stand instead of rejecting them all")

  static let threads = OptionSpec(
    name: "--threads", value: .count("N"), help: "check rows on N threads (default: as many as processors)")
  static let memory = OptionSpec(
    name: "--memory", value: .size("SIZE"),
    help: "take about SIZE of memory, as 128M (32M at least), and temporary files for the rest")
  static let layout = OptionSpec(
    name: "--layout", value: .text("LAYOUT"),
    help: "how the files' columns become bills: a layout file, or default or moment-file (default: default)")

  static let validate = CommandSpec(
    name: "validate", operands: .some("FILE"),
    summary: "Check bill files; no network, no key, nothing sent",
    details: """
      Reads each FILE (- is standard input), checks every row against the bill schema and the rows against
      each other, and tells every fault with its line, its column, what is wrong and what would be right.
      Ends 0 if every row is good, 1 if some are not, 65 if a file as a whole can't be used.
      """,
    options: [
      layout, reports,
      OptionSpec(
        name: "--references", value: .none,
        help: "with --reports: write references.bin too, by which merge-reports compares this file with other parts"),
      OptionSpec(
        name: "--sent-on", value: .day("DAY"),
        help: "the day on which the bills are to be sent, which those without a date get (default: today)"),
      maxIssues, format, progress, duplicates, threads, memory,
    ],
    example: "billdrop validate bills.csv --reports billdrop-reports")

  static let submit = CommandSpec(
    name: "submit", operands: .some("FILE"),
    summary: "Check bill files, then create their bills at Moment",
    details: """
      Checks each FILE whole before anything is sent, then creates its bills with the customers and accounts
      that they need, each exactly once: interrupted or killed, run the same command again and it goes on
      where it was. A finished file is never sent twice. The key comes from the environment variable
      MOMENT_API_KEY or from --key-file, never from an argument. Writes a report for each file.
      """,
    options: [
      configOfFiles,
      feed,
      OptionSpec(
        name: "--endpoint", value: .text("URL"),
        help: "the API (default https://api.momentpay.net); https only, but for this machine itself"),
      OptionSpec(
        name: "--ca-file", value: .text("FILE"),
        help: "trust the certificate authorities in this PEM file instead of the system's"),
      OptionSpec(
        name: "--timeout", value: .count("SECONDS", most: 600),
        help: "how long a request may take, 1 to 600 (default 60); its answer is asked for again then"),
      OptionSpec(name: "--key-file", value: .text("FILE"), help: "read the secret key from FILE"),
      OptionSpec(name: "--live", value: .none, help: "allow a live key: bills will reach payers"),
      OptionSpec(
        name: "--ledger", value: .text("FILE"),
        help: "what is durably known (default: below $STATE_DIRECTORY, else $XDG_STATE_HOME/billdrop)"),
      OptionSpec(
        name: "--reports", value: .text("DIR"),
        help: "write each file's report into a folder of its own below DIR (default ./billdrop-reports)"),
      OptionSpec(
        name: "--rate", value: .rate("N"),
        help: "at most N requests per second, never more (default: begin at 10 and find out what the API takes)"),
      OptionSpec(
        name: "--burst", value: .count("N"), help: "how many may go at once after idling (default 1)"),
      OptionSpec(
        name: "--in-flight", value: .count("N", most: 4096),
        help: "at most N requests under way (default: as many as --rate says, from 32 to 1024; 256 without --rate)"),
      OptionSpec(
        name: "--max-refused", value: .number("N"),
        help: "stop a file when the API has refused more than N of its rows (default: after 50 in a row for one reason)"
      ),
      OptionSpec(
        name: "--range-rows", value: .number("N"),
        help:
          "with a ledger at a server: how many rows of a file one process takes at a time, of all that send the file "
          + "together; a file of fewer than ten times as many is one process's, as is every file with 0 (default)"
      ),
      OptionSpec(
        name: "--quiet", value: .text("HH:MM-HH:MM,…"),
        help: "send nothing in these hours: stop with 75 when one begins; run again after it"),
      OptionSpec(
        name: "--daily", value: .count("N"),
        help: "send at most N requests a day, counted in the ledger over all runs with --daily: stop with 75"),
      OptionSpec(
        name: "--zone", value: .text("NAME"),
        help: "time zone of --quiet and --daily, as Africa/Johannesburg (default: the machine's)"),
      OptionSpec(
        name: "--parties", value: .choice(["auto", "new", "existing"]),
        help: "customers and accounts that no earlier file met: create them with their first bill (new), look them up "
          + "first (existing), or whichever the file's experience makes cheaper (default: auto)"),
      OptionSpec(
        name: "--skip-unchanged", value: .none,
        help:
          "don't send customers and accounts whose row says what was sent of them last, by the ledger; a balance is "
          + "always sent"),
      OptionSpec(
        name: "--other-marks", value: .choice(["refuse", "add"]),
        help:
          "a balance or a bill's payments whose last mark this ledger doesn't know, or whose sum it can't tell: leave it in "
          + "conflict (refuse, default), or add to what the API shows (add); with --retry refused also rows left so before"
      ),
      OptionSpec(
        name: "--update-parties", value: .none,
        help: "compare each customer and account of a file with the API once, and change what differs there (unless "
          + "told, differences are only reported, as far as they show)"),
      layout,
      duplicates,
      OptionSpec(
        name: "--retry", value: .choice(["refused"]),
        help: "send the rows of a finished file again that the API refused"),
      OptionSpec(
        name: "--plan", value: .text("PLAN"),
        help: "do what this plan.json of `billdrop plan` says, and stop with 75 where the world has changed since"),
      OptionSpec(
        name: "--canary", value: .count("N"),
        help: "send N rows first (of new and of known parties), read them back, compare and show them; a difference "
          + "stops the file with 75"),
      OptionSpec(
        name: "--canary-then", value: .choice(["go", "wait"]),
        help: "after a canary that is as it was sent: go on (default), or hold the file with 4 until --approve"),
      OptionSpec(
        name: "--guard", value: .choice(["hold", "tell", "off"]),
        help:
          "a file far from the last files of its feed: hold it with 4 until it is approved (hold), send it and tell "
          + "(tell), or compare nothing (off); default: tell, or as its feed in --config has it"),
      OptionSpec(
        name: "--approve", value: .digest("DIGEST"),
        help:
          "let through what was held for the file with this digest (its first 12 digits)"),
      strikeOff,
      receiptKey,
      OptionSpec(
        name: "--confirm-void", value: .none,
        help: "let files void bills, which can't be undone (else their layout must say \"confirm_void\": true)"),
      maxIssues,
      format,
      progress,
    ],
    example: "MOMENT_API_KEY=sk_test_… billdrop submit bills.csv --rate 100")

  static let show = CommandSpec(
    name: "show", operands: .one("FILE"),
    summary: "Print a bill file's records as JSON lines, as billdrop reads them",
    details: """
      One JSON object a bill, by field path, as its layout makes them; with --raw one array of strings a
      record as read: the heading row too, of a fixed-width file also headers and trailers, each with its
      columns. FILE may be - for standard input. Ends 1 if reading or mapping had a finding.
      """,
    options: [
      layout,
      OptionSpec(name: "--raw", value: .none, help: "the fields as read, no heading checked"),
      OptionSpec(name: "--limit", value: .count("N"), help: "stop after N records"),
    ],
    example: "billdrop show bills.csv --limit 3")

  static let version = CommandSpec(
    name: "version", operands: .none, summary: "Print the version",
    details: "Prints billdrop's version, with --verbose also those of the libraries that it runs with here.",
    options: [
      OptionSpec(name: "--verbose", value: .none, help: "the versions of the system's libraries too"), format,
    ],
    example: "billdrop version --verbose")
}
