import Foundation
import Testing

/// What stops a submission before its end: quiet hours, a spent day, rows that the API refuses.
@Suite(.fewAtATime) struct SubmitLimitsTests {
  private let workspace: Workspace
  private let billdrop: Billdrop
  private let sandbox: Sandbox

  init() async throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
    sandbox = try await Sandbox(in: workspace)
  }

  @Test func `nothing is sent in quiet hours, and the rest after them`() async throws {
    let file = try workspace.write(BillFile.text(rows: 6), to: "bills.csv")
    let stopped = try await billdrop.submit(file, to: sandbox, "--quiet", "00:00-12:00,12:00-24:00", "--zone", "UTC")
    #expect(stopped.status == 75)
    let summary = try stopped.summary()
    #expect(summary.verdict == "stopped")
    #expect(summary.nonzeroOutcomes == ["not_sent": 6])
    #expect(try await sandbox.state().objects.bills == 0)
    #expect(stopped.output.contains("quiet hour"), "\(stopped.output)")
    let done = try await billdrop.submit(file, to: sandbox)
    #expect(done.status == 0)
    #expect(try done.summary().nonzeroOutcomes == ["created": 6])
  }

  @Test func `a spent day stops all runs of a ledger, and another day goes on`() async throws {
    let file = try workspace.write(BillFile.text(rows: 30), to: "bills.csv")
    let first = try await billdrop.submit(file, to: sandbox, "--daily", "10", "--zone", "UTC")
    #expect(first.status == 75)
    #expect(first.output.contains("The day's 10 requests are used"), "\(first.output)")
    let bills = try await sandbox.state().objects.bills
    #expect(bills == 10)
    let second = try await billdrop.submit(file, to: sandbox, "--daily", "10", "--zone", "UTC")
    #expect(second.status == 75)
    #expect(try await sandbox.state().objects.bills == bills)
    let status = try await billdrop.run("status", "--ledger", workspace.ledger)
    #expect(status.output.contains("10 requests counted on "), "\(status.output)")
    let done = try await billdrop.submit(file, to: sandbox, "--daily", "1000", "--zone", "UTC")
    #expect(done.status == 0)
    #expect(try done.summary().nonzeroOutcomes == ["created": 30])
    #expect(try await sandbox.state().objects.bills == 30)
  }

  @Test func `repeats are within a day's budget`() async throws {
    try await sandbox.setFaults("429=0.2")
    let file = try workspace.write(BillFile.text(rows: 100), to: "bills.csv")
    let stopped = try await billdrop.submit(file, to: sandbox, "--daily", "70", "--zone", "UTC")
    #expect(stopped.status == 75)
    #expect(stopped.output.contains("The day's 70 requests are used"), "\(stopped.output)")
    let sent = try await sandbox.state().requests.values.reduce(0, +)
    #expect(sent <= 70 && sent >= 68, "\(sent)")
    try await sandbox.setFaults("429=0")
    let done = try await billdrop.submit(file, to: sandbox)
    #expect(done.status == 0)
    #expect(try done.summary().nonzeroOutcomes == ["created": 100])
  }

  @Test func `after a kill a day's budget holds, and little of it is lost`() async throws {
    let file = try workspace.write(BillFile.text(rows: 300), to: "bills.csv")
    let arguments =
      billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 100) + [
        "--daily", "150", "--zone", "UTC",
      ]
    let program = try billdrop.start(arguments)
    while program.isRunning, try await sandbox.state().objects.bills < 40 {
      try await Task.sleep(for: .milliseconds(5))
    }
    program.signal(SIGKILL)
    #expect(try await program.wait() == .signalled(9))
    let stopped = try await billdrop.run(arguments)
    #expect(stopped.status == 75)
    let sent = try await sandbox.state().requests.values.reduce(0, +)
    // What is counted ahead of the wire: twice 16.
    #expect(sent <= 150 && sent >= 150 - 32, "\(sent)")
  }

  @Test func `more refused rows than allowed stop a file, and a higher bound goes on`() async throws {
    let rows = (1...40).map { "R-\($0),ZAR,\(1_000 + $0),bcus_nobody\($0)\n" }
    let file = try workspace.write(
      "external_reference,currency,amount_due,customer\n" + rows.joined(), to: "strangers.csv")
    let stopped = try await billdrop.submit(file, to: sandbox, "--max-refused", "5", "--in-flight", "1")
    #expect(stopped.status == 75)
    let refused = try stopped.summary().nonzeroOutcomes["refused"] ?? 0
    #expect(refused > 5 && refused < 40, "\(stopped.output)")
    #expect(stopped.output.contains("--max-refused is 5"), "\(stopped.output)")
    let done = try await billdrop.submit(file, to: sandbox, "--max-refused", "100")
    #expect(done.status == 1)
    #expect(try done.summary().nonzeroOutcomes == ["refused": 40])
  }

  @Test(arguments: [
    ["--quiet", "7"], ["--quiet", "25:00-26:00"], ["--daily", "0"], ["--max-refused", "none"],
    ["--zone", "Nowhere/Land"],
  ])
  func `limits that can't be understood are a matter of usage`(_ options: [String]) async throws {
    let file = try workspace.write(BillFile.text(rows: 1), to: "bills.csv")
    let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint) + options
    let result = try await billdrop.run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(options[0]) || result.errors.contains("zone"), "\(result.errors)")
    #expect(try await sandbox.state().objects.bills == 0)
  }
}
