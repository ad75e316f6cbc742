import Foundation
import Testing

/// A machine that lets a submission down: a full disk, a ledger that is damaged or in use.
@Suite(.fewAtATime) struct EnduranceTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let sandbox: Sandbox

  init() async throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
    sandbox = try await Sandbox(in: workspace)
  }

  @Test func `a disk that is full stops a file with 74 and says so, and the same command goes on`() async throws {
    let file = try workspace.write(BillFile.text(rows: 2_000), to: "july.csv")
    var cramped = billdrop
    // Room for the log of some hundred rows.
    cramped.fileLimit = 800
    let stopped = try await cramped.submit(file, to: sandbox)
    #expect(stopped.status == 74)
    #expect(stopped.errors.contains("no space is left for the ledger"), "\(stopped.errors)")
    #expect(stopped.errors.contains("run again"), "\(stopped.errors)")
    let bills = try await sandbox.state().objects.bills
    #expect(bills > 0 && bills < 2_000)
    let done = try await billdrop.submit(file, to: sandbox)
    #expect(done.status == 0, "\(done.errors)")
    #expect(try done.summary().nonzeroOutcomes == ["created": 2_000])
    #expect(try await sandbox.state().objects.bills == 2_000)
  }

  @Test func `a report that finds no room is written by the next run, which sends nothing`() async throws {
    let file = try workspace.write(BillFile.text(rows: 2_000), to: "july.csv")
    let done = try await billdrop.submit(file, to: sandbox)
    #expect(done.status == 0, "\(done.errors)")
    try FileManager.default.removeItem(atPath: workspace.reports)
    var cramped = billdrop
    cramped.fileLimit = 120
    let stopped = try await cramped.submit(file, to: sandbox)
    #expect(stopped.status == 74)
    #expect(stopped.errors.contains("What was sent is in the ledger"), "\(stopped.errors)")
    let requests = try await sandbox.state().requests
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    #expect(try workspace.report(of: "july.csv", command: "submit").summary().nonzeroOutcomes == ["created": 2_000])
    #expect(try await sandbox.state().requests == requests)
  }

  @Test func `the second of two processes on one ledger says who has it, and goes when that one is through`()
    async throws
  {
    let slow = try await Sandbox(in: workspace, "--latency", "50")
    let first = try workspace.write(BillFile.text(rows: 200), to: "first.csv")
    let second = try workspace.write(BillFile.text(rows: 3, prefix: "S"), to: "second.csv")
    let program = try billdrop.start(billdrop.submitArguments(first, endpoint: slow.endpoint, rate: 20))
    while program.isRunning, try await slow.state().objects.bills == 0 { try await Task.sleep(for: .milliseconds(5)) }
    let refused = try await billdrop.submit(second, to: slow)
    #expect(refused.status == 75)
    #expect(refused.errors.contains("is in use by pid"), "\(refused.errors)")
    #expect(refused.errors.contains("first.csv"), "\(refused.errors)")
    #expect(try await program.wait() == .exited(0))
    #expect(try await billdrop.submit(second, to: slow).status == 0)
    #expect(try await slow.state().objects.bills == 203)
  }

  @Test func `a damaged ledger is refused with 78 and a way out, and left as it is`() async throws {
    let file = try workspace.write(BillFile.text(rows: 300), to: "july.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    let path = URL(filePath: workspace.ledger)
    var bytes = try Data(contentsOf: path)
    bytes.replaceSubrange(8_000..<8_400, with: Data(repeating: 0x58, count: 400))
    try bytes.write(to: path)
    let next = try workspace.write(BillFile.text(rows: 3, prefix: "N"), to: "next.csv")
    let refused = try await billdrop.submit(next, to: sandbox)
    #expect(refused.status == 78)
    #expect(refused.errors.contains("is damaged") && refused.errors.contains("restore a copy"), "\(refused.errors)")
    #expect(try Data(contentsOf: path) == bytes)
    #expect(try await sandbox.state().objects.bills == 300)
  }
}
