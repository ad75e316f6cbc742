package import BillModel
package import BillReports

/// How files are submitted, as the command line and the environment say.
package struct SubmitSettings: Sendable {
  package var environment: EnvironmentStamp
  package var ledgerPath: String
  /// The folder of all reports.
  package var reports: String
  package var temporaryFolder: String
  /// Sends the refused rows of a finished file again.
  package var retriesRefused: Bool
  /// The feed that the files come in; `nil`: the layout's name stands for it.
  package var feed: String?
  /// The first 12 digits of the digest of a file that may pass a hold.
  package var approval: String?
  /// That of a file that is through, about whose rows nothing is left to do.
  package var struckOff: String?
  /// On what occasion files are submitted with them.
  package var occasion = SubmitOccasion.byName
  /// Folders in which the file before one in its feed may lie, besides its own.
  package var earlierFolders: [String] = []
  /// What is done about files that are far from the history of their feed, and where far begins.
  package var guardMode = GuardMode.hold
  package var guardBounds = GuardBounds()
  /// Signs the receipts of finished files; `nil`: they are not signed.
  package var receiptKey: ReceiptKey?
  /// Whether bills may be voided by files whose layout doesn't say so.
  package var confirmsVoid = false
  /// How many examples of each kind of finding a result has, for people; 0 makes no groups.
  package var examples: Int
  /// The command's name, which its report has.
  package var command = "submit"
  package var canary: CanarySettings?
  /// Of a file that several processes may send together, how many rows one of them takes at a time; 0: a file is one
  /// process's. See `FileSubmission.mayBeShared`.
  package var rangeRows = 0
  /// The plan to go by.
  package var plan: PlanFile?

  package init(
    environment: EnvironmentStamp, ledgerPath: String, reports: String, temporaryFolder: String,
    retriesRefused: Bool, feed: String? = nil, approval: String?, examples: Int = 3
  ) {
    self.environment = environment
    self.ledgerPath = ledgerPath
    self.reports = reports
    self.temporaryFolder = temporaryFolder
    self.retriesRefused = retriesRefused
    self.feed = feed
    self.approval = approval
    self.examples = examples
  }
}
