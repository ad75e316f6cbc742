/// How a file is rehearsed.
package struct RehearsalSettings: Sendable {
  /// The program moment-sandbox.
  package var sandbox: String
  /// Requests a second that the real API takes: the rehearsal's own limit, unless it is `fast`.
  package var rate: Double
  /// Goes as fast as this machine can; the time at the limit is reckoned.
  package var isFast: Bool
  /// How late each answer is, in milliseconds.
  package var latency: Int
  /// Faults of the stand-in, as its option `--faults` takes them.
  package var faults: String?
  /// Of the faults.
  package var seed: Int?
  /// The ledger whose customers and accounts are there; `nil`: none are.
  package var ledger: String?
  /// The folder of all reports; `nil` writes none.
  package var reports: String?
  package var temporaryFolder: String
  package var examples: Int

  package init(
    sandbox: String, rate: Double, isFast: Bool, latency: Int, faults: String?, seed: Int?, ledger: String?,
    reports: String?, temporaryFolder: String, examples: Int
  ) {
    self.sandbox = sandbox
    self.rate = rate
    self.isFast = isFast
    self.latency = latency
    self.faults = faults
    self.seed = seed
    self.ledger = ledger
    self.reports = reports
    self.temporaryFolder = temporaryFolder
    self.examples = examples
  }
}
