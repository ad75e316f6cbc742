/// What bytes from nowhere are given to. Each target must take any bytes: a trap, a memory error, a hang or an answer
/// that contradicts itself is a defect.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// The CSV reader, under any dialect.
  case csv
  /// The fixed-width reader, under any dialect.
  case fixedWidth = "fixed-width"
  /// Unpacking and decoding, from any encoding.
  case encodings
  /// A layout file.
  case layout
  /// A layout file and a NUL, or a byte that chooses a layout that is built in; and a bill file that is checked, and shown
  /// or previewed by it.
  case intake
  /// A file that a layout is guessed of.
  case guess
  /// A configuration file.
  case configuration
  /// A JSON Schema, a NUL, and a value to check by it.
  case schema
  /// An answer of the API, problem details among them.
  case answer
  /// An answer's header fields about its rate limit.
  case rateLimit = "rate-limit"
  /// The header fields and the body of a webhook.
  case webhook
  /// Moment's reconciliation report.
  case momentReport = "moment-report"
  /// A folder's names as an SFTP server lists them.
  case listing

  /// Gives bytes to the target.
  ///
  /// - Precondition: What it makes of them agrees with itself.
  package func run(_ bytes: [UInt8]) {
    switch self {
    case .csv: RecordsInput(csv: bytes).compare()
    case .fixedWidth: RecordsInput(fixedWidth: bytes).compare()
    case .encodings: RecordsInput(encoded: bytes).compare()
    case .layout: LayoutInput(bytes).run()
    case .intake: IntakeFuzzing(bytes).run()
    case .guess: GuessInput(bytes).run()
    case .configuration: ConfigurationInput(bytes).run()
    case .schema: SchemaInput(bytes).run()
    case .answer: AnswerInput(bytes).run()
    case .rateLimit: RateLimitInput(bytes).run()
    case .webhook: WebhookInput(bytes).run()
    case .momentReport: MomentReportInput(bytes).run()
    case .listing: ListingInput(bytes).run()
    }
  }
}
