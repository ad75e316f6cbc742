import BillModel
import BillReports

/// `billdrop version`.
enum VersionCommand {
  static let version = Product.version

  static func run(_ invocation: Invocation) -> ExitStatus {
    if invocation.has("--format") {
      var json = JSONText()
      json.object { $0.string("version", version) }
      Console.answer(json.text + "\n")
    } else {
      Console.answer("billdrop \(version)\n")
    }
    return .accepted
  }
}
