import Foundation
import Testing

/// Drops whose ledger is spoilt or lost.
@Suite(.fewAtATime) struct LostClaimTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  @Test func `a watcher over a ledger that is spoilt takes nothing, and says so once`() async throws {
    let place = try await DropPlace(workspace, billdrop, Sandbox(in: workspace))
    // Between two looks, so that nothing else finds it first.
    let configuration = try place.configure(top: #""poll": 60"#)
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    try place.put(BillFile.text(rows: 3, prefix: "F"), as: "first.csv")
    try await until("watching") { place.names("archive") == ["first.csv"] }
    try await Task.sleep(for: .seconds(2))
    #expect(truncate(workspace.ledger, 0) == 0)
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    try await until("told") { watching.errorText().contains("was cut from") }
    try await Task.sleep(for: .seconds(2))
    #expect(watching.errorText().components(separatedBy: "was cut from").count == 2, "\(watching.errorText())")
    #expect(!watching.errorText().contains("a.csv: taken"), "\(watching.errorText())")
    #expect(place.names("inbound") == ["a.csv"] && place.claimed.isEmpty)
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0))
  }

  @Test(arguments: [true, false])
  func `a file that a lost ledger had claimed is told, and taken over where that is asked for`(
    isMadeAnew: Bool
  ) async throws {
    let place = try await DropPlace(workspace, billdrop, Sandbox(in: workspace))
    let configuration = try place.configure()
    try place.put(BillFile.text(rows: 6), as: "a.csv")
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = "sent:1"
    let program = try dying.start(["run", "--config", configuration])
    #expect(try await program.wait(atMost: .seconds(60)) == .signalled(9), "\(program.errorText())")
    #expect(place.claimed == ["a.csv"])
    for suffix in ["", "-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: workspace.ledger + suffix)
    }
    let other = isMadeAnew ? configuration : try place.configure(ledger: "other.sqlite")
    let told = try await place.run(other)
    #expect(told.status == 4, "\(told.errors)")
    #expect(told.errors.contains("a.csv") && told.errors.contains("--take-over"), "\(told.errors)")
    let status = try await billdrop.run("status", "--config", other)
    #expect(status.output.contains("1 thing needs somebody"), "\(status.output)")
    let taken = try await place.run(other, "--take-over")
    #expect(taken.status == 0, "\(taken.errors)")
    #expect(place.names("archive") == ["a.csv"] && place.claimed.isEmpty)
    #expect(try await place.sandbox.state().objects.bills == 6)
    #expect(try await billdrop.run("status", "--config", other).output.contains("needs   nobody"))
  }

  @Test func `a file that is held and that no feed takes any more is told in each pass, with its path`() async throws {
    let place = try await DropPlace(workspace, billdrop, Sandbox(in: workspace))
    let canary = #""canary": {"rows": 1, "then": "wait"}"#
    let configuration = try place.configure(canary)
    try place.put(BillFile.text(rows: 6), as: "a.csv")
    #expect(try await place.run(configuration).status == 4)
    let other = try place.configure(canary + #", "files": "bills.*[.]csv""#, name: "other.json")
    for _ in 1...2 {
      let told = try await place.run(other)
      #expect(told.status == 4, "\(told.output)\(told.errors)")
      #expect(told.output.contains("no feed takes a file of this name any more"), "\(told.output)")
    }
    let status = try await billdrop.run("status", "--config", other)
    #expect(status.output.contains("1 thing needs somebody"), "\(status.output)")
    #expect(try await place.run(configuration).status == 4)
    #expect(place.claimed == ["a.csv"])
    #expect(try await place.sandbox.state().objects.bills == 1)
  }

  private func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(50)
    while try await !isSo() {
      guard ContinuousClock.now < deadline else { throw TestFault("never: \(what)") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
