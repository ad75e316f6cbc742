extension CommandTable {
  private static let ledgerOfEvents = OptionSpec(
    name: "--ledger", value: .text("FILE"),
    help:
      "the ledger whose events these are; they lie beside it, in FILE with .events in place of .sqlite (default: the "
      + "one in its usual place, where there is only one)")

  static let eventsServe = CommandSpec(
    name: "events serve", operands: .none, summary: "Take Moment's webhooks at an HTTP endpoint",
    details: """
      Listens on this machine alone, for the TLS proxy in front of it, and takes events of Moment's by the scheme
      of Standard Webhooks: the signature over the body as it came, a timestamp within three minutes. What
      verifies is durable before it is answered with 204, each event once, however often it comes; what doesn't
      verify is answered with 400 and told nothing. The secret comes from --secret-file, the configuration or the
      environment variable BILLDROP_WEBHOOK_SECRET; several, one a line, while it is rotated. GET /health answers
      200, and 503 for a minute after events couldn't be kept. SIGTERM ends it when all that came is answered;
      it goes on when its terminal is closed.
      """,
    options: [
      OptionSpec(
        name: "--port", value: .number("N"), help: "the TCP port; 0: a free one, which is printed (default 8088)"),
      OptionSpec(name: "--path", value: .text("PATH"), help: "the path that events are posted to (default /)"),
      OptionSpec(
        name: "--all-interfaces", value: .none,
        help: "listen on every interface instead of this machine's own: without TLS, for a container behind a proxy"),
      OptionSpec(name: "--secret-file", value: .text("FILE"), help: "read the webhook's secrets, whsec_…, from FILE"),
      OptionSpec(
        name: "--rate", value: .rate("N"),
        help: "look at N requests a second at most; those beyond are told to come again (429; default 2000)"),
      ledgerOfEvents,
      config,
      OptionSpec(
        name: "--log", value: .choice(["text", "json"]),
        help: "how messages are written to standard error (default: text)"),
    ],
    example: "billdrop events serve --port 8088 --secret-file /etc/billdrop/webhook-secret")

  static let eventsImport = CommandSpec(
    name: "events import", operands: .one("FILE"), summary: "Take events from a file of JSON lines",
    details: """
      Takes each line of FILE (- is standard input) that is an event of Moment's, as its webhooks carry them, and
      keeps it once, whether it came before from a file or to the endpoint. Nothing is verified: whoever imports
      vouches for the file. Ends 0 if every line is an event, 1 if some are not; those are told and left out.
      """,
    options: [ledgerOfEvents, config, format], example: "billdrop events import events.jsonl")

  static let eventsList = CommandSpec(
    name: "events list", operands: .none, summary: "Show the events that came, with the bill, file and row of each",
    details: """
      Joins each event to what it paid and to the file and row that raised that, by the ledger; what fits several
      open bills is ambiguous, and is never guessed. Asks no API: billdrop reconcile does.
      """,
    options: [
      ledgerOfEvents, config,
      OptionSpec(name: "--limit", value: .count("N"), help: "the N latest (default 20; with --format json all)"),
      format,
    ],
    example: "billdrop events list --limit 5")

  static let reconcile = CommandSpec(
    name: "reconcile", operands: .none,
    summary: "Compare what was paid: events, Moment's report, the ledger and the API",
    details: """
      Says of every bill that money came for whether it is paid, paid in part or overpaid, and of every amount
      where it went: on a bill, towards a balance, ambiguous, or to something that the ledger doesn't know; what
      the API or Moment's report has and no event told of; and shows that all of it adds up. Asks the API with GET
      alone, about bills that events or the report name, where there is a key; changes nothing anywhere. Writes
      reconcile.html, .csv and .json. Ends 0 if every amount has its place, 1 if somebody has to look.
      """,
    options: [
      OptionSpec(
        name: "--recon", value: .text("FILE"), help: "Moment's reconciliation report, as its SFTP server has it"),
      OptionSpec(
        name: "--recon-units", value: .choice(["major", "minor"]),
        help: "what the report's amounts are written in (default: major, where one has a decimal mark)"),
      OptionSpec(
        name: "--ask", value: .choice(["none", "named", "all"]),
        help:
          "ask the API about no bill, about those that events or the report name, or about every bill of the ledger "
          + "(default: named, with a key; without one none)"),
      ledgerOfEvents,
      config,
      OptionSpec(
        name: "--endpoint", value: .text("URL"),
        help: "the API (default: the configuration's, else that of the ledger); https only, but for this machine itself"
      ),
      OptionSpec(
        name: "--ca-file", value: .text("FILE"),
        help: "trust the certificate authorities in this PEM file instead of the system's"),
      OptionSpec(name: "--key-file", value: .text("FILE"), help: "read the secret key from FILE"),
      OptionSpec(name: "--rate", value: .rate("N"), help: "ask at most N times a second (default 50)"),
      OptionSpec(
        name: "--reports", value: .text("DIR"),
        help: "write the report into DIR/reconcile (default: the configuration's, else ./billdrop-reports)"),
      maxIssues,
      format,
    ],
    example: "billdrop reconcile --recon 20261126_Moment_Recon_ae58_20261125.csv")
}
