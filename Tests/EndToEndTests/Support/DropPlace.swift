import Foundation

/// A drop, a configuration and what `billdrop run` makes of them.
struct DropPlace {
  let workspace: Workspace
  let billdrop: Billdrop
  let sandbox: Sandbox

  /// Makes the drop's inbound folder.
  init(_ workspace: Workspace, _ billdrop: Billdrop, _ sandbox: Sandbox) throws {
    self.workspace = workspace
    self.billdrop = billdrop
    self.sandbox = sandbox
    try FileManager.default.createDirectory(atPath: workspace.path("drop/inbound"), withIntermediateDirectories: true)
  }

  /// Writes a configuration with one feed; `feed` and `top` are members of JSON objects.
  func configure(
    _ feed: String = "", top: String = "", complete: String = #"{"seconds": 0.3}"#, name: String = "billdrop.json",
    ledger: String = "ledger.sqlite"
  ) throws -> String {
    try workspace.write(
      """
      {"api": {"endpoint": "\(sandbox.endpoint)"}, "limits": {"rate": 2000}, "ledger": "\(ledger)", "reports": "reports",
       \(top.isEmpty ? "" : top + ",")
       "feeds": {"nightly": {"drop": {"path": "drop"}, "complete": \(complete)\(feed.isEmpty ? "" : ", " + feed)}}}
      """, to: name)
  }

  func put(_ text: String, as name: String) throws { _ = try workspace.write(text, to: "drop/inbound/\(name)") }

  func run(_ configuration: String, _ more: String...) async throws -> Billdrop.Result {
    try await billdrop.run(["run", "--config", configuration, "--format", "json"] + more)
  }

  /// The names in one of the drop's folders; none where it isn't there.
  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: workspace.path("drop/\(folder)"))) ?? []).sorted()
  }

  /// The names of files in the folders of claims.
  var claimed: [String] { names("processing").flatMap { names("processing/\($0)") }.filter { !$0.hasPrefix(".") } }
}
