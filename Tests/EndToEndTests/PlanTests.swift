import Foundation
import Testing

/// Plans: what they foresee, and that a submission by one does that and nothing else.
@Suite(.fewAtATime)
struct PlanTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func plan(_ file: String, _ sandbox: Sandbox, _ more: String...) async throws -> Billdrop.Result {
    try await billdrop.run(
      [
        "plan", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports,
        "--rate", "2000", "--format", "json",
      ] + more)
  }

  private func planFile(of name: String) throws -> String {
    try workspace.report(of: name, command: "plan").path("plan.json")
  }

  /// What a report says of each row, by what a plan and a submission must agree on.
  private func rows(_ name: String, _ command: String) throws -> [[String]] {
    try workspace.report(of: name, command: command).table("rows.csv").rows.map { row in
      let isDifference = row["code"] == "party.differs"
      return ["record", "external_reference", "outcome", "code", "field", "message"].map { column in
        isDifference && ["code", "field", "message"].contains(column) ? "" : row[column] ?? ""
      }
    }
  }

  /// Questions and creations that the sandbox was asked for since.
  private func requests(_ sandbox: Sandbox, since count: Int) async throws -> (asked: Int, created: Int) {
    let log = try await sandbox.log().dropFirst(count)
    return (log.filter { $0.method == "GET" }.count, log.filter { $0.method == "POST" }.count)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a plan's forecast equals the report of the submission by it, row by row`(seed: UInt64) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let world = PlannedWorld(seed: seed)
    try await world.make(at: sandbox, billdrop)
    let file = try workspace.write(world.file, to: "bills.csv")
    let before = try await sandbox.state().objects
    let first = try await sandbox.log().count
    let planned = try await plan(file, sandbox)
    #expect(planned.status <= 1, "seed \(seed): \(planned.errors)")
    #expect(try await sandbox.state().objects == before)
    let asked = try await requests(sandbox, since: first)
    #expect(asked.created == 0)
    let figures = try JSONDecoder().decode(Planned.self, from: Data(planned.output.utf8)).plan
    #expect(figures.asked == asked.asked)

    let second = try await sandbox.log().count
    let submitted = try await billdrop.submit(file, to: sandbox, "--plan", try planFile(of: "bills.csv"))
    #expect(submitted.status == planned.status, "seed \(seed): \(submitted.output)\(submitted.errors)")
    let (forecast, report) = (try rows("bills.csv", "plan"), try rows("bills.csv", "submit"))
    #expect(forecast.count == PlannedWorld.rows)
    for (foreseen, became) in zip(forecast, report) where foreseen != became {
      // Only who asks the API sees that a bill which the ledger has is paid.
      let isPaid = foreseen[2] == "unchanged" && became[5] == "the bill is paid, in part or whole"
      #expect(isPaid && Array(foreseen[..<5]) == Array(became[..<5]), "seed \(seed): \(foreseen), \(became)")
    }
    let sent = try await requests(sandbox, since: second)
    #expect(sent.created == figures.requests.create, "seed \(seed)")
    // Rows that need the same party at the same moment each ask for it: how many do is chance.
    let spread = max(4, figures.requests.ask / 4)
    #expect(abs(sent.asked - figures.requests.ask) <= spread, "seed \(seed): \(sent.asked), \(figures.requests.ask)")
    let after = try await sandbox.state().objects
    #expect(after.customers - before.customers == figures.parties.customers, "seed \(seed)")
    #expect(after.accounts - before.accounts == figures.parties.accounts, "seed \(seed)")
  }

  @Test(arguments: 21...28 as ClosedRange<UInt64>)
  func `a plan that asks for everything equals the report of a submission, by it or not`(seed: UInt64) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let world = PlannedWorld(seed: seed, voidsKnownBills: true)
    try await world.make(at: sandbox, billdrop)
    let file = try workspace.write(world.file, to: "bills.csv")
    #expect(try await plan(file, sandbox, "--ask-all").status <= 1)
    // With the plan or without it: both must come to the same.
    let by = seed % 2 == 0 ? ["--plan", try planFile(of: "bills.csv")] : []
    let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint) + by
    #expect(try await billdrop.run(arguments).status <= 1)
    for (foreseen, became) in zip(try rows("bills.csv", "plan"), try rows("bills.csv", "submit")) {
      #expect(foreseen == became, "seed \(seed)")
    }
  }

  @Test func `a file that the ledger knows is planned without a question, and so is one whose bills it knows`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 60), to: "night.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    let asked = try await sandbox.log().count
    let again = try await plan(file, sandbox)
    #expect(again.status == 0)
    #expect(try again.summary().nonzeroOutcomes == ["created": 60])
    // The same bills in other bytes.
    let other = try workspace.write(BillFile.text(rows: 60) + "\n", to: "other.csv")
    let known = try await plan(other, sandbox)
    #expect(try known.summary().nonzeroOutcomes == ["unchanged": 60])
    #expect(
      try workspace.report(of: "other.csv", command: "plan").table("rows.csv").column("by").allSatisfy {
        $0 == "ledger"
      })
    #expect(try await sandbox.log().count == asked)
    let all = try await plan(other, sandbox, "--ask-all")
    #expect(try all.summary().nonzeroOutcomes == ["unchanged": 60])
    #expect(try await sandbox.log().count >= asked + 60)
    #expect(try await sandbox.log().dropFirst(asked).allSatisfy { $0.method == "GET" })
    let submitted = try await billdrop.submit(other, to: sandbox, "--plan", try planFile(of: "other.csv"))
    #expect(try submitted.summary().nonzeroOutcomes == ["unchanged": 60])
  }

  @Test func `a plan changes neither the API nor the ledger, and needs none`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 9), to: "new.csv")
    let result = try await plan(file, sandbox)
    #expect(result.status == 0)
    #expect(!FileManager.default.fileExists(atPath: workspace.ledger))
    #expect(try await sandbox.state().objects == .init(customers: 0, accounts: 0, bills: 0))
    let figures = try JSONDecoder().decode(Planned.self, from: Data(result.output.utf8)).plan
    #expect(figures.requests == .init(create: 9, ask: 0))
    #expect(figures.parties == .init(customers: 3, accounts: 3))
    let left = try FileManager.default.contentsOfDirectory(atPath: FileManager.default.temporaryDirectory.path)
      .filter { $0.hasPrefix("billdrop-plan-") }
    #expect(left.isEmpty)
  }

  @Test func `killed while it goes by a plan, a submission goes on by it`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let world = PlannedWorld(seed: 77)
    try await world.make(at: sandbox, billdrop)
    let file = try workspace.write(world.file + BillFile.more(from: 1, count: 200), to: "bills.csv")
    #expect(try await plan(file, sandbox).status <= 1)
    let arguments =
      billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: 200) + ["--plan", try planFile(of: "bills.csv")]
    for _ in 0..<2 {
      let program = try billdrop.start(arguments)
      try await Task.sleep(for: .milliseconds(500))
      program.signal(SIGKILL)
      try await program.wait()
    }
    let result = try await billdrop.run(arguments)
    #expect(result.status <= 1, "\(result.output)\(result.errors)")
    let (forecast, report) = (try rows("bills.csv", "plan"), try rows("bills.csv", "submit"))
    #expect(forecast.map { $0[2] } == report.map { $0[2] })
  }

  /// What `plan --format json` says beside the summary.
  private struct Planned: Decodable {
    struct Figures: Decodable {
      struct Requests: Decodable, Equatable {
        let create: Int
        let ask: Int
      }
      struct Parties: Decodable, Equatable {
        let customers: Int
        let accounts: Int
      }
      let requests: Requests
      let parties: Parties
      let asked: Int
    }
    let plan: Figures
  }
}

extension BillFile {
  /// Further rows for a file of `PlannedWorld`, of three customers of their own.
  static func more(from first: Int, count: Int) -> String {
    (first..<first + count).map { PlannedWorld.line("M-\($0)", 2_000 + $0, customer: "M-C\($0 % 3)") }.joined()
  }
}
