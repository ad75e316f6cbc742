extension CommandTable {
  /// What a submission without a configuration goes by: `submit` knows what each means.
  private static let shared: Set<String> = [
    "--endpoint", "--ca-file", "--key-file", "--live", "--ledger", "--reports",
  ]

  private static let trust = OptionSpec(
    name: "--trust-on-first-use", value: .none,
    help: "with --config: take the host key of an SFTP server of which nothing is known into its known_hosts file")

  static let doctor = CommandSpec(
    name: "doctor", operands: .none, summary: "Look at all that a submission needs, and tell what is in its way",
    details: """
      The configuration, the key, the API (by one GET of a customer that nobody has), TLS, this machine's clock,
      the ledger from its first page to its last, drops, folders, free space, libraries: each line is fine, a
      warning or a fault, with its cure. Nothing is sent that could change anything, and but for
      --trust-on-first-use nothing is made. With
      --config it looks at all that `run` would use, else at what `submit` would.
      Ends 0 where nothing is at fault, else as what is at fault would end a submission: 69, 74, 77 or 78.
      """,
    options: [config, trust] + submit.options.filter { shared.contains($0.name) } + [format],
    example: "MOMENT_API_KEY=sk_test_… billdrop doctor --config billdrop.json")
}
