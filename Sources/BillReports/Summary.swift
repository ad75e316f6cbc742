package import BillModel
package import Hashing

/// What `summary.json` says of one file (`schemas/summary.schema.json`).
package struct Summary: Sendable {
  package var command: String
  /// What the file's rows ask for.
  package var operation = OperationKind.bill
  /// Where the rows were sent; `nil` where they go nowhere.
  package var environment: EnvironmentStamp?
  /// The feed that the file came in; `nil` for one that was named on a command line.
  package var feed: String?
  package var verdict: Verdict
  /// Why the run ended early or the file was rejected, in a sentence; `nil` otherwise.
  package var reason: String?
  package var fileName: String
  package var byteCount: Int64
  /// `nil` where the file could not be read to its end.
  package var digest: SHA256Digest?
  package var recordsValid: Int
  package var recordsInvalid: Int
  package var accounting: Accounting
  /// What its rows ask for, by currency, over the rows whose amounts can be read.
  package var amounts: [CurrencyCode: AmountHistogram] = [:]
  package var findings: [FindingCount]
  package var requests: RequestCounts
  package var startedAt: WallTime
  package var seconds: Double
  /// How much the API's clock is ahead of ours, in milliseconds, where that is worth a word.
  package var clockSkew: Int64?
  /// The file's figures against its feed's history; `nil` where nobody looked.
  package var guarding: GuardReport?
  /// What changed against the file before in the same feed; `nil` where that isn't at hand.
  package var before: FileComparison?
  /// The rows that were sent first and read back; `nil` where none were to be.
  package var canary: Canary?
  /// What a rehearsal has seen; `nil` for other commands.
  package var rehearsal: RehearsalFigures?
  /// What a plan says beside; `nil` for other commands.
  package var plan: PlanFigures?
  /// The parts that it joins; `nil` for the summary of one file.
  package var parts: [PartFigures]?
  /// The run that it was done by; `nil` where this one did anything. The file of the summary says nothing of it.
  package var doneBefore: DoneBefore?
  /// The report's folder; `nil` where none was written.
  package var reportFolder: String?

  package init(
    command: String, verdict: Verdict, reason: String? = nil, fileName: String, byteCount: Int64,
    digest: SHA256Digest?, recordsValid: Int, recordsInvalid: Int, accounting: Accounting,
    findings: [FindingCount], requests: RequestCounts = RequestCounts(), startedAt: WallTime, seconds: Double,
    reportFolder: String? = nil
  ) {
    self.command = command
    self.verdict = verdict
    self.reason = reason
    self.fileName = fileName
    self.byteCount = byteCount
    self.digest = digest
    self.recordsValid = recordsValid
    self.recordsInvalid = recordsInvalid
    self.accounting = accounting
    self.findings = findings
    self.requests = requests
    self.startedAt = startedAt
    self.seconds = seconds
    self.reportFolder = reportFolder
  }

  /// Whether rows were sent: of a file that is held, those of its canary.
  package var isBegun: Bool {
    canary != nil
      || accounting.outcomes.contains { outcome, rows in
        ![.rejected, .skipped, .notSent].contains(outcome) && rows > 0
      }
  }

  /// The summary as JSON. Money is in minor units; absent outcomes of a currency are zero.
  package func json(indents: Bool) -> JSONText {
    var json = JSONText(indents: indents)
    json.object { json in
      json.string("command", command)
      if operation != .bill { json.string("operation", operation.rawValue) }
      if let environment {
        json.object("environment") {
          $0.string("endpoint", environment.origin)
          $0.string("mode", environment.mode.rawValue)
          $0.string("merchant", environment.merchant)
        }
      }
      if let feed { json.string("feed", feed) }
      json.string("verdict", verdict.rawValue)
      if let reason { json.string("reason", reason) }
      doneBefore?.write(&json)
      json.object("file") {
        $0.string("name", fileName)
        $0.integer("bytes", byteCount)
        $0.string("sha256", digest?.hex)
      }
      json.object("records") {
        $0.integer("read", accounting.recordsRead)
        $0.integer("valid", recordsValid)
        $0.integer("invalid", recordsInvalid)
      }
      writeAccounting(&json)
      if !amounts.isEmpty { writeAmounts(&json) }
      plan?.write(&json)
      canary?.write(&json)
      rehearsal?.write(&json)
      json.array("issues", writeFindings)
      json.object("requests") {
        $0.integer("sent", requests.sent)
        $0.integer("retried", requests.retried)
        $0.integer("throttled", requests.throttled)
        $0.integer("replayed", requests.replayed)
      }
      if let parts { json.array("parts") { json in for part in parts { part.write(&json) } } }
      if let guarding { json.object("history") { guarding.write(&$0) } }
      if let before { json.object("before") { before.write(&$0) } }
      json.string("started_at", startedAt.rfc3339)
      json.seconds("seconds", seconds)
      if let clockSkew { json.integer("clock_skew_seconds", Int(clockSkew / 1000)) }
      if let reportFolder { json.string("report", reportFolder) }
    }
    return json
  }

  /// Writes rows and money by outcome, as two members.
  package func writeAccounting(_ json: inout JSONText) {
    json.object("outcomes") { accounting.writeOutcomes(&$0) }
    json.object("money") { accounting.writeMoney(&$0) }
    if accounting.rowsWithoutMoney > 0 { json.integer("rows_without_amount", accounting.rowsWithoutMoney) }
    if !accounting.operations.isEmpty { json.object("operations") { accounting.writeOperations(&$0) } }
  }

  private func writeAmounts(_ json: inout JSONText) {
    json.object("amounts") { json in
      for (currency, histogram) in amounts.sorted(by: { $0.key < $1.key }) {
        json.array(currency.description) { histogram.write(&$0) }
      }
    }
  }

  private func writeFindings(_ json: inout JSONText) {
    for finding in findings {
      json.object {
        $0.string("code", finding.code.rawValue)
        $0.string("severity", finding.severity.rawValue)
        $0.integer("count", finding.count)
        $0.integer("first_record", finding.firstRecord)
      }
    }
  }
}
