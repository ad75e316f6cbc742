extension CommandTable {
  static let config = OptionSpec(
    name: "--config", value: .text("FILE"), help: "the configuration, as billdrop config check reads it")

  static let strikeOff = OptionSpec(
    name: "--strike-off", value: .digest("DIGEST"),
    help: "say that nothing is left to do about the file with this digest (its first 12 digits), which is through but "
      + "for some of its rows, was rejected as a whole, or was held and is gone: it is struck off what needs somebody; or about one with an open "
      + "--update-parties, which is lost: what that had begun is let go")

  static let configOfFiles = OptionSpec(
    name: "--config", value: .text("FILE"),
    help: "go by this configuration, by the feed that takes files of these names; other options go before it")

  static let feed = OptionSpec(
    name: "--feed", value: .text("NAME"), help: "whose files they are, in the configuration, whatever their names")

  static let configCheck = CommandSpec(
    name: "config check", operands: .one("FILE"), summary: "Tell all mistakes in a configuration",
    details: """
      Reads the configuration FILE and the layouts that it names, and tells every mistake with its line and its
      path. Opens no drop and no ledger, and needs no key. Ends 0 if all is well, 78 if not.
      """,
    options: [format], example: "billdrop config check billdrop.json")

  static let run = CommandSpec(
    name: "run", operands: .none, summary: "Take what has come to the drops of a configuration, and submit it",
    details: """
      Looks at the drops of all feeds, claims each file that is whole, in its feed's order, submits it as
      `billdrop submit` does, puts the report where the sender looks for it, and archives the file. One pass
      over all drops, for cron and timers; killed at any moment, the next one goes on. A second process on the
      same drop never gets the same file. Ends with the gravest exit code of all files: 0 also where nothing
      has come, 3 where an expected file is missing, 4 where one is held.
      """,
    options: [
      config,
      OptionSpec(
        name: "--watch", value: .none,
        help: "stay, and look every `poll` seconds and when something comes; SIGTERM ends it, SIGHUP reads the "
          + "configuration again"),
      OptionSpec(
        name: "--approve", value: .digest("DIGEST"),
        help: "let through what was held for the file with this digest (its first 12 digits)"),
      strikeOff,
      OptionSpec(
        name: "--take-over", value: .none,
        help: "take up files that another ledger has claimed: for when it is gone for good, and on no other machine"),
      OptionSpec(
        name: "--log", value: .choice(["text", "json"]),
        help: "how messages are written to standard error (default: text)"
      ),
      format,
    ],
    example: "MOMENT_API_KEY=sk_test_… billdrop run --config billdrop.json")
}
