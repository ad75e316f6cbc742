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

  /// Midnight of 2026-03-02, UTC, in milliseconds since 1970.
  static let night: Int64 = 1_772_409_600_000

  /// Runs a command at an hour of a day of March 2026, UTC, by its clock and by the sandbox's.
  func run(
    _ configuration: String, day: Int64 = 2, hour: Int64, command: String = "run"
  ) async throws -> Billdrop.Result {
    let moment = Self.night + (day - 2) * 86_400_000 + hour * 3_600_000
    try await sandbox.setClock(to: moment)
    return try await billdrop.at(moment).run([command, "--config", configuration, "--format", "json"])
  }

  /// Runs a pass while a file of the inbound folder grows.
  func run(_ configuration: String, whileGrowing name: String) async throws -> Billdrop.Result {
    // A process of its own: tasks of this one may wait for each other. It ends with the folder at the latest.
    let writer = Process()
    writer.executableURL = URL(filePath: "/bin/sh")
    writer.arguments = ["-c", "while printf x >>\"$0\"; do sleep 0.05; done", workspace.path("drop/inbound/\(name)")]
    writer.standardError = FileHandle.nullDevice
    try writer.start()
    defer {
      writer.terminate()
      writer.waitUntilExit()
    }
    return try await run(configuration)
  }

  /// The names in one of the drop's folders; none where it isn't there.
  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: workspace.path("drop/\(folder)"))) ?? []).sorted()
  }

  /// The names of files in the folders of claims.
  var claimed: [String] { names("processing").flatMap { names("processing/\($0)") }.filter { !$0.hasPrefix(".") } }
}
