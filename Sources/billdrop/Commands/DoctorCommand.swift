import BillModel
import BillReports
import FileRuns
import Housekeeping
import RunConfiguration
import SubmitPass

/// `billdrop doctor`.
enum DoctorCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let given = ["--endpoint", "--ca-file", "--key-file", "--live", "--ledger", "--reports"].filter {
      invocation.has($0)
    }
    if invocation.has("--config"), let option = given.first {
      Console.message("billdrop: with --config, \(option) is the configuration's.\n  See: billdrop doctor --help")
      return .usage
    }
    let trusts = invocation.has("--trust-on-first-use")
    if trusts, !invocation.has("--config") {
      Console.message(
        "billdrop: --trust-on-first-use is about the drops of a configuration: it needs --config.\n"
          + "  See: billdrop doctor --help")
      return .usage
    }
    let findings =
      invocation.text("--config").map { examine(configuration: $0, trusts) }
      ?? examine(options(invocation), keyFileIsGiven: invocation.has("--key-file"))
    let text = DoctorText(findings, screen: Console.answersScreen)
    let isTold = Console.answer(invocation.has("--format") ? text.json.text + "\n" : text.text)
    return ExitStatus.gravest(findings.map(status) + (isTold ? [] : [.inputOutput]))
  }

  /// What a fault would end a submission with.
  private static func status(_ finding: HealthFinding) -> ExitStatus {
    guard finding.state == .fault else { return .accepted }
    switch finding.part {
    case .key: return .key
    case .api, .tls, .drop: return .unreachable
    case .folder, .disk: return .inputOutput
    case .configuration, .clock, .ledger, .library: return .configuration
    }
  }

  private static func examine(_ options: DoctorOptions, keyFileIsGiven: Bool = false) -> [HealthFinding] {
    var options = options
    options.environment = Place.environment
    // A file that is named goes before the environment, as it does for `submit`.
    if keyFileIsGiven { options.environment["MOMENT_API_KEY"] = nil }
    options.temporaryFolder = Place.temporaryFolder
    options.variable = { SecretVariables.value(of: $0) }
    return Doctor(options, now: .now).examine()
  }

  /// A configuration with mistakes is told, and nothing that it says is looked at.
  private static func examine(configuration path: String, _ trustsOnFirstUse: Bool) -> [HealthFinding] {
    do throws(ConfigurationFile.Fault) {
      let file = try ConfigurationFile(path: path)
      let configuration = try file.configuration(now: .now, environment: { SecretVariables.value(of: $0) })
      let feeds = configuration.feeds.count
      let words = "\(path) has no mistake; \(feeds) \(feeds == 1 ? "feed" : "feeds")."
      var options = DoctorOptions(configuration)
      options.trustsOnFirstUse = trustsOnFirstUse
      return [HealthFinding(.configuration, .ok, words)] + examine(options)
    } catch {
      switch error {
      case .unreadable(let fault):
        let words = RunFault.noConfiguration(name: path, fault).explanation
        return [HealthFinding(.configuration, .fault, words, cure: "Name a file that is there, and may be read.")]
      case .schema(let fault):
        return [HealthFinding(.configuration, .fault, RunFault.schema(fault).explanation)]
      case .mistakes(let mistakes):
        return ConfigurationMistake.lines(mistakes, of: path).map {
          HealthFinding(.configuration, .fault, $0, cure: "Mend it; docs/operations.md.")
        }
      }
    }
  }

  private static func options(_ invocation: Invocation) -> DoctorOptions {
    var account = AccountSettings()
    account.endpoint = invocation.text("--endpoint") ?? account.endpoint
    account.caFile = invocation.text("--ca-file")
    account.keyFile = invocation.text("--key-file")
    account.allowsLiveKey = invocation.has("--live")
    account.ledger = invocation.text("--ledger")
    return DoctorOptions(account: account, reports: invocation.text("--reports") ?? "billdrop-reports")
  }
}
