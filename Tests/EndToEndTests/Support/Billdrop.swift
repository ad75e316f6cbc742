import Foundation
import Testing

/// Runs of `billdrop` in one workspace.
struct Billdrop {
  /// A run that has ended.
  struct Result {
    let status: Int
    let output: String
    let errors: String

    /// The summary that `--format json` put on standard output, and nothing beside it.
    func summary() throws -> SummaryFile {
      try JSONDecoder().decode(SummaryFile.self, from: Data(output.utf8))
    }
  }

  static let key = "sk_test_EndToEnd9f3b71c2"

  let workspace: Workspace
  /// `nil`: no key in the environment.
  var key: String? = Billdrop.key
  /// Further variables of the environment.
  var environment: [String: String] = [:]
  /// No file may grow beyond so many blocks of 512 bytes; `nil`: without limit.
  var fileLimit: Int?
  /// What a shell does before it becomes billdrop, as `umask 0`; `nil`: there is no shell.
  var prelude: String?

  /// The same by another clock: one that shows this moment now, in milliseconds since 1970.
  func at(_ moment: Int64) -> Billdrop {
    var moved = self
    moved.environment["BILLDROP_CLOCK_OFFSET"] = String(moment - Int64(Date().timeIntervalSince1970 * 1000))
    return moved
  }

  /// Starts it and doesn't wait.
  func start(_ arguments: [String], standardInput: String? = nil) throws -> Program {
    try Program(
      "billdrop", arguments, in: workspace,
      environment: environment.merging(key.map { ["MOMENT_API_KEY": $0] } ?? [:]) { $1 },
      standardInput: standardInput, fileLimit: fileLimit, prelude: prelude)
  }

  /// Runs it to its end. A death by signal is a failure of the test, whatever else it looks at.
  func run(
    _ arguments: String..., standardInput: String? = nil, limit: Duration = .seconds(60)
  ) async throws -> Result {
    try await run(arguments, standardInput: standardInput, limit: limit)
  }

  func run(
    _ arguments: [String], standardInput: String? = nil, limit: Duration = .seconds(60)
  ) async throws -> Result {
    let program = try start(arguments, standardInput: standardInput)
    switch try await program.wait(atMost: limit) {
    case .exited(let status):
      return Result(status: status, output: program.outputText(), errors: program.errorText())
    case .signalled(let number):
      throw TestFault("billdrop \(arguments) died of signal \(number): \(program.errorText())")
    }
  }

  /// `billdrop submit FILE` against the sandbox, with the workspace's ledger and reports.
  func submit(_ file: String, to sandbox: Sandbox, _ more: String..., limit: Duration = .seconds(60)) async throws
    -> Result
  {
    try await run(submitArguments(file, endpoint: sandbox.endpoint) + more, limit: limit)
  }

  func submitArguments(_ file: String, endpoint: String, rate: Int = 2_000) -> [String] {
    [
      "submit", file, "--endpoint", endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports,
      "--rate", String(rate), "--format", "json",
    ]
  }
}
