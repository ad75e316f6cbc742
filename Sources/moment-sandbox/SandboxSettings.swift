import SandboxServer

/// What the command line asks for.
struct SandboxSettings {
  private(set) var port: UInt16 = 0
  private(set) var portFile: String?
  /// TLS is served at the port.
  private(set) var servesTLS = false
  /// Where the certificate is written; nil: into a temporary folder.
  private(set) var caFile: String?
  /// Where the port of a second service is written, which has no TLS; nil: there is none.
  private(set) var plainPortFile: String?
  private(set) var sandbox = SandboxOptions()
  /// Ends when standard input does.
  private(set) var endsWithInput = false
  private(set) var wantsHelp = false
  private var webhookSecret: [UInt8]?

  /// Reads `--name value` and `--name=value`. Throws at the first thing that isn't understood.
  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = SandboxOption(rawValue: parts[0]) else { throw .unknownOption(parts[0]) }
      guard option.value != nil else {
        if parts.count == 2 { throw .badValue(option: parts[0], value: parts[1], expected: "nothing") }
        set(option)
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else { throw .missingValue(parts[0]) }
      try set(option, value)
    }
    try joinWebhook()
  }

  /// An endpoint needs a secret, and the other way round.
  private mutating func joinWebhook() throws(UsageError) {
    switch (sandbox.webhook, webhookSecret) {
    case (nil, nil): break
    case (_?, let secret?): sandbox.webhook?.secret = secret
    case (_?, nil): throw .missingValue(SandboxOption.webhookSecret.rawValue)
    case (nil, _?): throw .missingValue(SandboxOption.webhook.rawValue)
    }
  }

  private mutating func set(_ flag: SandboxOption) {
    if flag == .help { wantsHelp = true }
    if flag == .logBodies { sandbox.logsBodies = true }
    if flag == .tls { servesTLS = true }
    if flag == .echo { sandbox.echo = true }
    if flag == .endWithInput { endsWithInput = true }
  }

  private mutating func set(_ option: SandboxOption, _ value: String) throws(UsageError) {
    switch option {
    case .port: port = try parsed(option, value, "a port from 0 to 65535")
    case .portFile: portFile = value
    case .caFile: caFile = value
    case .plainPortFile: plainPortFile = value
    case .key: sandbox.key = value
    case .rate: sandbox.rate = try positive(option, value)
    case .latency: sandbox.latency = try milliseconds(option, value)
    case .stall: sandbox.stall = try milliseconds(option, value)
    case .seed: sandbox.seed = try parsed(option, value, "a whole number, not negative")
    case .faults:
      do { try sandbox.faults.apply(value) } catch { throw .refused(error) }
    case .reading:
      do { try sandbox.readings.apply(value) } catch { throw .refused(error) }
    case .webhook, .webhookSecret, .webhookDuplicates, .webhookJitter, .webhookRetry: try setWebhook(option, value)
    case .tls, .logBodies, .echo, .endWithInput, .help: break
    }
  }

  private mutating func setWebhook(_ option: SandboxOption, _ value: String) throws(UsageError) {
    let bad = { UsageError.badValue(option: option.rawValue, value: value, expected: $0) }
    switch option {
    case .webhook:
      guard let address = WebhookAddress(value) else { throw bad("http://127.0.0.1:PORT/PATH") }
      sandbox.webhook = WebhookSettings(address: address)
    case .webhookSecret:
      guard let secret = WebhookSecret.bytes(value) else { throw bad("whsec_ and base64") }
      webhookSecret = secret
    case .webhookDuplicates:
      guard let share = Double(value), (0..<1).contains(share) else { throw bad("a share from 0 to below 1") }
      try changeWebhook(option) { $0.duplicates = share }
    case .webhookJitter:
      let jitter = try milliseconds(option, value)
      try changeWebhook(option) { $0.jitter = jitter }
    case .webhookRetry:
      let retry = try milliseconds(option, value)
      try changeWebhook(option) { $0.retry = retry }
    default: break
    }
  }

  /// Changes how events are delivered; `--webhook` must have come before.
  private mutating func changeWebhook(
    _ option: SandboxOption, _ change: (inout WebhookSettings) -> Void
  ) throws(UsageError) {
    guard var webhook = sandbox.webhook else {
      throw .missingValue("--webhook, which stands before \(option.rawValue),")
    }
    change(&webhook)
    sandbox.webhook = webhook
  }

  private func parsed<Number: LosslessStringConvertible>(
    _ option: SandboxOption, _ value: String, _ expected: String
  ) throws(UsageError) -> Number {
    guard let number = Number(value) else {
      throw .badValue(option: option.rawValue, value: value, expected: expected)
    }
    return number
  }

  private func positive(_ option: SandboxOption, _ value: String) throws(UsageError) -> Double {
    let expected = "a number above 0"
    let number: Double = try parsed(option, value, expected)
    guard number > 0, number.isFinite else {
      throw .badValue(option: option.rawValue, value: value, expected: expected)
    }
    return number
  }

  private func milliseconds(_ option: SandboxOption, _ value: String) throws(UsageError) -> Double {
    let expected = "milliseconds from 0 to 3600000"
    let number: Double = try parsed(option, value, expected)
    guard (0...3_600_000).contains(number) else {
      throw .badValue(option: option.rawValue, value: value, expected: expected)
    }
    return number
  }
}
