import Foundation
import Testing

/// A ledger that goes while a run writes it.
@Suite(.fewAtATime) struct LostLedgerTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let sandbox: Sandbox

  init() async throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
    sandbox = try await Sandbox(in: workspace)
  }

  @Test func `a run whose ledger is moved away stops, and goes on when it is back`() async throws {
    let file = try workspace.write(BillFile.text(rows: 1_000), to: "bills.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 200))
    while program.isRunning, try await sandbox.state().objects.bills < 20 {
      try await Task.sleep(for: .milliseconds(5))
    }
    let elsewhere = workspace.ledger + ".moved"
    #expect(rename(workspace.ledger, elsewhere) == 0)
    #expect(try await program.wait() == .exited(74))
    #expect(program.errorText().contains("was removed or moved while this run wrote it"), "\(program.errorText())")
    #expect(try await sandbox.state().objects.bills < 1_000)
    #expect(rename(elsewhere, workspace.ledger) == 0)
    let done = try await billdrop.submit(file, to: sandbox)
    #expect(done.status == 0)
    #expect(try done.summary().nonzeroOutcomes == ["created": 1_000])
    #expect(try await sandbox.state().objects.bills == 1_000)
  }

  @Test(arguments: ["cut", "written over"]) func `a run whose ledger is spoilt in its place stops`(
    _ how: String
  ) async throws {
    let file = try workspace.write(BillFile.text(rows: 1_000), to: "bills.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 200))
    while program.isRunning, try await sandbox.state().objects.bills < 20 {
      try await Task.sleep(for: .milliseconds(5))
    }
    if how == "cut" {
      #expect(truncate(workspace.ledger, 0) == 0)
    } else {
      let handle = try #require(FileHandle(forWritingAtPath: workspace.ledger))
      try handle.write(contentsOf: Array("no ledger at all".utf8))
      try handle.close()
    }
    #expect(try await program.wait() == .exited(74))
    #expect(program.errorText().contains("was \(how)"), "\(program.errorText())")
    #expect(try await sandbox.state().objects.bills < 1_000)
  }
}
