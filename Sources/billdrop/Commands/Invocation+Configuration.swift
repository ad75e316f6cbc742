import BillModel
import FileRuns
import RunConfiguration
import SubmitPass

extension Invocation {
  /// What the configuration at `path` says. Before the process has other threads, since time zones are looked up.
  static func configuration(_ path: String) throws(RunFault) -> Configuration {
    do throws(ConfigurationFile.Fault) {
      return try ConfigurationFile(path: path).configuration(now: .now, environment: { SecretVariables.value(of: $0) })
    } catch {
      switch error {
      case .unreadable(let fault): throw .noConfiguration(name: path, fault)
      case .schema(let fault): throw .schema(fault)
      case .mistakes(let mistakes):
        throw .configuration(name: Masking.oneLine(path), mistakes: ConfigurationMistake.lines(mistakes, of: path))
      }
    }
  }
}
