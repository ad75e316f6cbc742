import Foundation
import Testing

/// The exit statuses that scripts rely on, each with a sentence that says why.
@Suite(.fewAtATime)
struct ExitStatusTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let file: String

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
    file = try workspace.write(BillFile.text(rows: 6), to: "july.csv")
  }

  private func expect(_ status: Int, _ arguments: [String], key: String? = Billdrop.key) async throws {
    var ours = billdrop
    ours.key = key
    let result = try await ours.run(arguments)
    #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
    #expect(!(result.output + result.errors).isEmpty, "\(arguments) says nothing")
  }

  private func submitting(_ more: String..., endpoint: String = "http://127.0.0.1:1") -> [String] {
    billdrop.submitArguments(file, endpoint: endpoint) + more
  }

  @Test(
    arguments: [
      [], ["frobnicate"], ["validate"], ["validate", "a.csv", "--no-such"], ["validate", "a.csv", "--format", "xml"],
      ["submit"], ["submit", "a.csv", "--rate"], ["submit", "a.csv", "--rate", "fast"], ["show"],
      ["show", "a.csv", "b.csv"], ["submit", "a.csv", "--duplicates", "last"],
    ])
  func `64: a command line that can't be meant`(_ arguments: [String]) async throws { try await expect(64, arguments) }

  @Test(arguments: [
    ("1M", "at least 32M"), ("999999999999G", "at most 1048576G"), ("9999999999999999999999", "at most"),
  ])
  func `a size that can't be meant is answered with the bound that it passes`(
    _ size: (given: String, bound: String)
  ) async throws {
    let result = try await billdrop.run("validate", "x.csv", "--memory", size.given)
    #expect(result.status == 64 && result.errors.contains("--memory takes a size of \(size.bound)"), "\(result.errors)")
  }

  @Test(arguments: [["--help"], ["validate", "--help"], ["submit", "--help"], ["show", "--help"], ["version"]])
  func `0: help and version`(_ arguments: [String]) async throws {
    let result = try await billdrop.run(arguments)
    #expect(result.status == 0)
    #expect(!result.output.isEmpty && result.errors.isEmpty)
  }

  @Test(arguments: ["validate", "submit", "show"])
  func `66: a file that isn't there, or is a directory`(_ command: String) async throws {
    for path in [workspace.path("missing.csv"), workspace.folder.path] {
      let more = command == "submit" ? ["--endpoint", "http://127.0.0.1:1", "--ledger", workspace.ledger] : []
      try await expect(66, [command, path] + more)
    }
  }

  @Test func `69: nothing listens at the endpoint`() async throws { try await expect(69, submitting()) }

  @Test func `69 is resumable: the file is sent when the API is back`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let endpoint = sandbox.endpoint
    try await sandbox.stop()
    try await expect(69, submitting(endpoint: endpoint))
    let summary = try workspace.report(of: "july.csv", command: "submit").summary()
    #expect(summary.verdict == "stopped")
    #expect(summary.outcomes.values.reduce(0, +) == 6)
  }

  @Test func `rule 26: no key, a public key, a live key without --live end 77`() async throws {
    try await expect(77, submitting(), key: nil)
    try await expect(77, submitting(), key: "pk_test_public")
    try await expect(77, submitting(), key: "pk_public")
    try await expect(77, submitting(), key: "sk_live4711")
    let live = try workspace.write("sk_live4711\n", to: "live.key")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: live)
    try await expect(77, submitting("--key-file", live), key: nil)
    try await expect(69, submitting("--key-file", live, "--live"), key: nil)
    try await expect(69, submitting("--live"), key: "sk_live4711")
  }

  @Test func `77: a key that the API refuses, and the right one goes on`() async throws {
    let sandbox = try await Sandbox(in: workspace, key: "sk_test_another")
    try await expect(77, submitting(endpoint: sandbox.endpoint))
    #expect(try workspace.report(of: "july.csv", command: "submit").summary().verdict == "stopped")
    var ours = billdrop
    ours.key = "sk_test_another"
    let result = try await ours.submit(file, to: sandbox)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await sandbox.state().objects.bills == 6)
  }

  @Test func `78: a ledger of another environment`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    try await expect(78, submitting(endpoint: "http://127.0.0.1:1"))
  }

  @Test func `78: the same bytes under another policy for duplicates, unless approved`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let first = try await billdrop.submit(file, to: sandbox)
    #expect(first.status == 0)
    try await expect(78, submitting("--duplicates", "first", endpoint: sandbox.endpoint))
    let digest = String(try first.summary().file.sha256?.prefix(12) ?? "")
    try await expect(78, submitting("--duplicates", "first", "--approve", "000000000000", endpoint: sandbox.endpoint))
    let approved = try await billdrop.submit(file, to: sandbox, "--duplicates", "first", "--approve", digest)
    #expect(approved.status == 0, "\(approved.errors)")
    #expect(try await sandbox.state().objects.bills == 6)
  }

  @Test(arguments: ["http://example.com", "ftp://127.0.0.1", "nonsense"])
  func `an endpoint that isn't safe is refused before anything is sent`(_ endpoint: String) async throws {
    let result = try await billdrop.run(submitting(endpoint: endpoint))
    #expect([64, 78].contains(result.status), "\(result.errors)")
  }
}
