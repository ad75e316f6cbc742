import Foundation
import Testing

/// `billdrop settle`: unknown rows become known, and no other row is sent.
@Suite(.fewAtATime)
struct SettleTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func settleArguments(_ file: String, _ sandbox: Sandbox, _ more: String...) -> [String] {
    [
      "settle", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports,
      "--rate", "500", "--format", "json",
    ] + more
  }

  private var unresolved: Int { get throws { try LedgerCopy.unresolvedIntents(workspace.ledger, in: workspace) } }

  /// Until the sandbox's counts are as asked for.
  private func wait(_ sandbox: Sandbox, until isSo: (Sandbox.State) -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if isSo(try await sandbox.state()) { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw TestFault("the sandbox never came so far: \(try await sandbox.state())")
  }

  private struct Look: Decodable {
    struct Row: Decodable {
      let record: Int
      let external_reference: String
      let outcome: String
      let id: String?
      let message: String?
    }
    let command: String
    let rows: [Row]
  }

  private func look(_ file: String, _ sandbox: Sandbox) async throws -> (status: Int, rows: [Look.Row]) {
    let result = try await billdrop.run(settleArguments(file, sandbox, "--look"))
    let answer = try JSONDecoder().decode(Look.self, from: Data(result.output.utf8))
    #expect(answer.command == "settle --look")
    return (result.status, answer.rows)
  }

  @Test
  func `rule 13: killed with requests that land late, a look tells what is known, and settle makes the rest known`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace, "--faults", "late-held=1", "--stall", "15000")
    let file = try workspace.write(BillFile.text(rows: 6), to: "july.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint))
    try await wait(sandbox) { $0.faults.values.reduce(0, +) == 2 }
    program.signal(SIGKILL)
    _ = try await program.wait()
    try await sandbox.setFaults("")
    #expect(try unresolved == 2)

    // Nothing has landed: a 404 proves nothing.
    var looked = try await look(file, sandbox)
    #expect(looked.status == 75)
    #expect(looked.rows.map(\.record) == [1, 4])
    #expect(looked.rows.allSatisfy { $0.outcome == "unknown" && $0.message?.contains("proves nothing") == true })
    #expect(try await sandbox.state().objects.bills == 0)

    try await wait(sandbox) { $0.objects.bills == 2 }
    looked = try await look(file, sandbox)
    #expect(looked.status == 0)
    #expect(looked.rows.map(\.outcome) == ["created", "created"])
    #expect(try unresolved == 2, "a look writes nothing into the ledger")
    #expect((try? workspace.report(of: "july.csv", command: "submit").summary()) == nil, "nor a report")

    let settled = try await billdrop.run(settleArguments(file, sandbox))
    #expect(settled.status == 75, "\(settled.errors)")
    #expect(try settled.summary().nonzeroOutcomes == ["created": 2, "not_sent": 4])
    #expect(try unresolved == 0)
    #expect(try await sandbox.state().objects.bills == 2, "no new row is sent")
    let report = try workspace.report(of: "july.csv", command: "submit")
    #expect(try report.table("rows.csv").column("outcome").filter { $0 == "created" }.count == 2)

    let told = try await billdrop.run(settleArguments(file, sandbox).dropLast(2))
    #expect(told.output.contains("july.csv: settled, and not through"), "\(told.output)")
    #expect(told.output.contains("billdrop submit goes on with the rows not sent"), "\(told.output)")

    let submitted = try await billdrop.submit(file, to: sandbox)
    #expect(submitted.status == 0, "\(submitted.errors)")
    let state = try await sandbox.state()
    #expect(state.objects.bills == 6)
    #expect(state.due == ["ZAR": try submitted.summary().money["ZAR"]?["created"] ?? 0])
  }

  @Test func `rule 13: a file whose last rows were unknown is finished by settling, and settling again finds nothing`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace, "--faults", "late-held=1", "--stall", "15000")
    let file = try workspace.write(BillFile.text(rows: 1), to: "one.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint))
    try await wait(sandbox) { !$0.faults.values.allSatisfy { $0 == 0 } }
    program.signal(SIGKILL)
    #expect(try await program.wait() == .signalled(9))
    try await sandbox.setFaults("")
    let settled = try await billdrop.run(settleArguments(file, sandbox))
    #expect(settled.status == 0, "\(settled.output)\(settled.errors)")
    #expect(try settled.summary().verdict == "complete")
    try await wait(sandbox) { $0.objects.bills == 1 }
    let again = try await billdrop.run(settleArguments(file, sandbox))
    #expect(again.status == 0)
    #expect(again.errors.contains("nothing to settle"))
    #expect(try await look(file, sandbox).rows.isEmpty)
    let resubmitted = try await billdrop.submit(file, to: sandbox)
    #expect(resubmitted.status == 0)
    #expect(try await sandbox.state().objects.bills == 1)
  }

  /// Beyond the window, and beyond what our clock may differ: no key is relied on.
  private func passADay(_ sandbox: Sandbox) async throws {
    try await sandbox.setClock(to: Int64(Date().timeIntervalSince1970 * 1000) + 25 * 3_600_000)
  }

  @Test(arguments: ["late-held", "drop-before", "drop-after", "half-drop"])
  func `rule 13: when the keys have expired the API is asked, and what isn't there is raised once`(_ fault: String)
    async throws
  {
    let sandbox = try await Sandbox(in: workspace, "--faults", "\(fault)=1", "--stall", "8000")
    let file = try workspace.write(BillFile.text(rows: 1), to: "one.csv")
    let program = try billdrop.start(billdrop.submitArguments(file, endpoint: sandbox.endpoint))
    try await wait(sandbox) { $0.faults.values.contains { $0 > 0 } }
    program.signal(SIGKILL)
    _ = try await program.wait()
    try await sandbox.setFaults("")
    if fault == "late-held" { try await wait(sandbox) { $0.objects.bills == 1 } }
    try await passADay(sandbox)
    let looked = try await look(file, sandbox)
    let isThere = try await sandbox.state().objects.bills == 1
    #expect(looked.rows.map(\.outcome) == [isThere ? "created" : "unknown"])
    let settled = try await billdrop.run(settleArguments(file, sandbox))
    #expect(settled.status == 0, "\(settled.output)\(settled.errors)")
    #expect(try settled.summary().nonzeroOutcomes == ["created": 1])
    let state = try await sandbox.state()
    #expect(state.objects == .init(customers: 1, accounts: 1, bills: 1))
    #expect(state.due == ["ZAR": BillFile.amount(of: 1)])
    let row = try workspace.report(of: "one.csv", command: "submit").table("rows.csv").rows[0]
    #expect(row["message"]?.contains("taken for ours") == isThere)
  }

  @Test func `a file that is missing, changed or never submitted is told in words`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 2), to: "july.csv")
    let noLedger = try await billdrop.run(settleArguments(file, sandbox))
    #expect(noLedger.status == 78)
    #expect(noLedger.errors.contains("no ledger"))
    #expect(!FileManager.default.fileExists(atPath: workspace.ledger), "settle makes no ledger")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    let other = try workspace.write(BillFile.text(rows: 3), to: "august.csv")
    let never = try await billdrop.run(settleArguments(other, sandbox))
    #expect(never.status == 78)
    #expect(never.errors.contains("never submitted"))
    _ = try workspace.write(BillFile.text(rows: 4), to: "july.csv")
    let changed = try await billdrop.run(settleArguments(file, sandbox))
    #expect(changed.status == 78)
    #expect(changed.errors.contains("has changed since it was submitted"))
    let missing = try await billdrop.run(settleArguments(workspace.path("gone.csv"), sandbox))
    #expect(missing.status == 66)
    #expect(missing.errors.contains("only its rows tell"))
  }

  @Test func `a slip in the command or in an option gets the right word offered`() async throws {
    let command = try await billdrop.run("setle", "a.csv")
    #expect(command.status == 64)
    #expect(command.errors.contains("Did you mean settle?"))
    let option = try await billdrop.run("settle", "a.csv", "--lok")
    #expect(option.status == 64)
    #expect(option.errors.contains("Did you mean --look?"))
    let help = try await billdrop.run("settle", "--help").output.split(whereSeparator: \.isWhitespace)
    #expect(help.joined(separator: " ").contains("nothing is written"))
  }
}
