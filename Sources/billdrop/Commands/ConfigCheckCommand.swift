import BillModel
import BillReports
import FileRuns
import RunConfiguration
import SubmitPass

/// `billdrop config check`.
enum ConfigCheckCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let path = invocation.operands[0]
    do throws(ConfigurationFile.Fault) {
      let file = try ConfigurationFile(path: path)
      let configuration = try file.configuration(now: .now, environment: { SecretVariables.value(of: $0) })
      return answer(path, [], configuration, asJSON: invocation.has("--format"))
    } catch {
      switch error {
      case .unreadable(let input):
        let fault = RunFault.noConfiguration(name: path, input)
        Console.message("billdrop: \(fault.explanation)")
        return ExitStatus(fault)
      case .schema(let fault):
        Console.message("billdrop: \(RunFault.schema(fault).explanation)")
        return .configuration
      case .mistakes(let mistakes): return answer(path, mistakes, nil, asJSON: invocation.has("--format"))
      }
    }
  }

  private static func answer(
    _ path: String, _ mistakes: [ConfigurationMistake], _ configuration: Configuration?, asJSON: Bool
  ) -> ExitStatus {
    let text = asJSON ? json(path, mistakes).text + "\n" : words(path, mistakes, configuration)
    return Console.answer(text) ? mistakes.isEmpty ? .accepted : .configuration : .inputOutput
  }

  private static func words(
    _ path: String, _ mistakes: [ConfigurationMistake], _ configuration: Configuration?
  ) -> String {
    guard let configuration else {
      return ConfigurationMistake.lines(mistakes, of: path).map { $0 + "\n" }.joined()
    }
    let feeds = configuration.feeds.map(\.name)
    let count = feeds.isEmpty ? "no feed" : feeds.count == 1 ? "1 feed" : "\(feeds.count) feeds"
    return "✓ \(Masking.oneLine(path)): no mistake, \(count)"
      + (feeds.isEmpty ? "" : ": \(feeds.joined(separator: ", "))") + "\n"
  }

  /// So many mistakes are told to programs.
  private static let most = 1000

  private static func json(_ path: String, _ mistakes: [ConfigurationMistake]) -> JSONText {
    var json = JSONText()
    json.object { json in
      json.string("config", path)
      json.boolean("valid", mistakes.isEmpty)
      json.integer("mistakes_found", mistakes.count)
      json.array("mistakes") { list in
        for mistake in mistakes.prefix(most) {
          list.object {
            $0.integer("line", mistake.line)
            $0.string("path", mistake.pointer)
            $0.string("message", mistake.message)
          }
        }
      }
    }
    return json
  }
}
