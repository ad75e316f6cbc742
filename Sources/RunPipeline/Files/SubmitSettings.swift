package import BillModel

/// How files are submitted, as the command line and the environment say.
package struct SubmitSettings: Sendable {
  package var environment: EnvironmentStamp
  package var ledgerPath: String
  /// The folder of all reports.
  package var reports: String
  package var temporaryFolder: String
  /// Sends the refused rows of a finished file again.
  package var retriesRefused: Bool
  /// The first 12 digits of the digest of a file that may pass a hold.
  package var approval: String?
  /// Whether bills may be voided by files whose layout doesn't say so.
  package var confirmsVoid = false
  /// How many examples of each kind of finding a result has, for people; 0 makes no groups.
  package var examples: Int

  package init(
    environment: EnvironmentStamp, ledgerPath: String, reports: String, temporaryFolder: String,
    retriesRefused: Bool, approval: String?, examples: Int = 3
  ) {
    self.environment = environment
    self.ledgerPath = ledgerPath
    self.reports = reports
    self.temporaryFolder = temporaryFolder
    self.retriesRefused = retriesRefused
    self.approval = approval
    self.examples = examples
  }
}
