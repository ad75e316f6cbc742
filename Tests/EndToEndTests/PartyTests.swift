import Foundation
import Testing

/// Customers and accounts that are there already, known to the ledger or not, under each way to come by them.
@Suite(.fewAtATime)
struct PartyTests {
  private static let rows = 120
  private static let accounts = 40
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Bills of the same parties as `BillFile`'s of prefix B, with other references and, where given, other names.
  private func file(_ prefix: String, name: String = "Resident") throws -> String {
    let text = BillFile.text(rows: Self.rows, prefix: "B")
      .replacingOccurrences(of: "\nB-", with: "\n\(prefix)-").replacingOccurrences(of: "Resident", with: name)
    return try workspace.write(text, to: "\(prefix).csv")
  }

  /// A sandbox that has the parties, and a ledger that doesn't know them.
  private func seeded(_ reading: String) async throws -> Sandbox {
    let sandbox = try await Sandbox(in: workspace, "--reading", "nested=\(reading)")
    #expect(try await billdrop.submit(file("B"), to: sandbox).status == 0)
    for suffix in ["", "-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: workspace.ledger + suffix)
    }
    return sandbox
  }

  @Test(arguments: ["conflict", "adopt", "update", "422"], ["auto", "new", "existing"])
  func `each bill is made once, killed in the middle or not`(reading: String, mode: String) async throws {
    let sandbox = try await seeded(reading)
    let path = try file("D")
    let arguments = billdrop.submitArguments(path, endpoint: sandbox.endpoint, rate: 300) + ["--parties", mode]
    let first = try billdrop.start(arguments)
    let deadline = ContinuousClock.now + .seconds(30)
    while first.isRunning, ContinuousClock.now < deadline,
      try await sandbox.state().objects.bills < Self.rows + Self.rows / 3
    {
      try await Task.sleep(for: .milliseconds(3))
    }
    first.signal(SIGKILL)
    try await first.wait()
    let result = try await billdrop.run(arguments)
    #expect(result.status == 0, "\(result.errors)")
    let summary = try result.summary()
    #expect(summary.nonzeroOutcomes == ["created": Self.rows])
    let state = try await sandbox.state()
    #expect(state.objects == .init(customers: Self.accounts, accounts: Self.accounts, bills: 2 * Self.rows))
    let bills = try await sandbox.bills().map(\.external_reference)
    #expect(Set(bills).count == 2 * Self.rows)
  }

  @Test(arguments: ["auto", "existing"]) func `requests are what they must be, and little more`(mode: String)
    async throws
  {
    let sandbox = try await seeded("conflict")
    let before = try await sandbox.log().count
    let arguments = billdrop.submitArguments(try file("D"), endpoint: sandbox.endpoint, rate: 60)
    #expect(try await billdrop.run(arguments + ["--parties", mode]).status == 0)
    let requests = try await sandbox.log().count - before
    let least = Self.rows + 2 * Self.accounts
    print("PartyTests: \(requests) requests in mode \(mode), \(least) at least")
    #expect(mode == "auto" ? requests <= least + 40 : requests == least)
  }

  @Test func `a difference is a warning that shows no values, and is changed only when asked for`() async throws {
    let sandbox = try await seeded("conflict")
    let told = try await billdrop.submit(try file("D", name: "Newcomer"), to: sandbox, "--parties", "existing")
    #expect(told.status == 0, "\(told.errors)")
    #expect(
      try told.summary().issues == [
        .init(code: "party.differs", severity: "warning", count: Self.accounts, first_record: 1)
      ])
    let report = try workspace.report(of: "D.csv", command: "submit")
    let issue = try #require(try report.table("issues.csv").rows.first)
    #expect(issue["column"] == "account.customer.name")
    #expect(issue["message"] == "The customer B-C1 has other values at the API than this row: name.")
    let row = try #require(try report.table("rows.csv").rows.first)
    #expect(row["outcome"] == "created")
    #expect(row["code"] == "party.differs")
    for name in try report.names where name != "rejected.csv" {
      #expect(try !report.text(name).contains("Newcomer"))
    }
    #expect(try await sandbox.log().allSatisfy { $0.method != "PATCH" })

    let asked = try await billdrop.submit(try file("E", name: "Newcomer"), to: sandbox, "--update-parties")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(try asked.summary().issues.map(\.code) == ["party.updated"])
    #expect(try await sandbox.log().filter { $0.method == "PATCH" }.count == Self.accounts)

    let again = try await billdrop.submit(try file("F", name: "Newcomer"), to: sandbox, "--update-parties")
    #expect(try again.summary().issues.isEmpty)
    #expect(try await sandbox.log().filter { $0.method == "PATCH" }.count == Self.accounts)
  }

  @Test func `killed again and again while it changes parties, each ends as asked`() async throws {
    let sandbox = try await seeded("conflict")
    try await sandbox.setFaults("drop-after=0.05,500-after=0.05,drop-before=0.03")
    let path = try file("D", name: "Newcomer")
    let arguments = billdrop.submitArguments(path, endpoint: sandbox.endpoint, rate: 200) + ["--update-parties"]
    for milliseconds in [150, 300, 500, 700] {
      let program = try billdrop.start(arguments)
      try await Task.sleep(for: .milliseconds(milliseconds))
      program.signal(SIGKILL)
      try await program.wait()
    }
    try await sandbox.setFaults("")
    let result = try await billdrop.run(arguments)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try result.summary().nonzeroOutcomes == ["created": Self.rows])
    #expect(
      try result.summary().issues == [
        .init(code: "party.updated", severity: "warning", count: Self.accounts, first_record: 1)
      ])
    #expect(
      try LedgerCopy.number(
        "SELECT count(*) FROM party_difference WHERE state = 1", ledger: workspace.ledger, in: workspace) == 0)
  }

  @Test func `a lost file whose changes are open keeps others from those parties until it is struck off`() async throws
  {
    let sandbox = try await seeded("conflict")
    try await sandbox.setFaults("drop-after=0.4")
    let path = try file("D", name: "Newcomer")
    let program = try billdrop.start(
      billdrop.submitArguments(path, endpoint: sandbox.endpoint, rate: 200) + ["--update-parties"])
    while program.isRunning, try await sandbox.log().count(where: { $0.method == "PATCH" }) < 12 {
      try await Task.sleep(for: .milliseconds(3))
    }
    program.signal(SIGKILL)
    try await program.wait()
    try FileManager.default.removeItem(atPath: path)
    try await sandbox.setFaults("")
    let open = "SELECT count(*) FROM party_difference WHERE state = 1 AND fields <> ''"
    #expect(try LedgerCopy.number(open, ledger: workspace.ledger, in: workspace) > 0)

    let names = (1...Self.accounts).map { "B-C\($0),Carl\n" }.joined()
    let carl = try workspace.write("customer.external_reference,customer.name\n" + names, to: "carl.csv")
    let arguments = billdrop.submitArguments(carl, endpoint: sandbox.endpoint) + ["--layout", "customer"]
    let barred = try await billdrop.run(arguments)
    #expect(barred.status == 75, "\(barred.output)\(barred.errors)")
    let words = barred.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let mark = try #require(words.range(of: "let go of it with --strike-off "), "\(words)")
    let digits = String(words[mark.upperBound...].prefix(12))
    let early = try await billdrop.run(arguments + ["--strike-off", digits])
    #expect(early.errors.contains("D.csv sent last may still be carried out until"), "\(early.errors)")
    #expect(early.status == 75)

    var late = billdrop
    late.environment["BILLDROP_CLOCK_OFFSET"] = String(3 * 3_600_000)
    try await sandbox.setClock(to: Int64(Date().timeIntervalSince1970 * 1000) + 3 * 3_600_000)
    let through = try await late.run(arguments + ["--strike-off", digits])
    #expect(through.errors.contains("what D.csv had begun to change of"), "\(through.errors)")
    #expect(through.status == 0, "\(through.output)\(through.errors)")
    #expect(try LedgerCopy.number(open, ledger: workspace.ledger, in: workspace) == 0)
    let again = try await late.run(arguments + ["--strike-off", digits])
    #expect(again.status == 64, "\(again.errors)")
  }
}
