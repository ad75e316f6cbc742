import Foundation
import Testing

/// What a service that watches stands on fails for a while: it goes on by itself when that is over.
@Suite(.fewAtATime)
struct RunRecoveryTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `a commit that finds the disk full stops no file: it goes on when there is room, and nobody is alarmed`()
    async throws
  {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let configuration = try place.configure(
      top: #""poll": 3, "notify": {"on_problem": ["tee", "-a", "problem.json"]}"#)
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    try await until("watching") { watching.errorText().contains("watching nightly") }
    let sizes = try ["", "-wal"].map { suffix in
      try FileManager.default.attributesOfItem(atPath: workspace.ledger + suffix)[.size] as? Int ?? 0
    }
    try watching.limitFiles(to: (sizes.max() ?? 0) + 40_000)
    try place.put(BillFile.text(rows: 2_000), as: "a.csv")
    try await until("told") { watching.errorText().contains("no space is left") }
    try watching.limitFiles(to: nil)
    try await until("archived") { place.names("archive") == ["a.csv"] }
    #expect(try await place.sandbox.state().objects.bills == 2_000)
    #expect(!FileManager.default.fileExists(atPath: workspace.path("problem.json")), "\(watching.errorText())")
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0), "\(watching.errorText())")
  }

  private func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(100)
    while try await !isSo() {
      guard ContinuousClock.now < deadline else { throw TestFault("never: \(what)") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
