import Foundation
import Testing

/// Files of balances, from the file to the API and the report, with kills between.
@Suite(.fewAtATime)
struct BalanceTests {
  static let rows = 2_000
  static let kills = 6

  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private static let layout = """
    {"name": "nights", "format": "csv", "operation": "account-balance",
     "file_name": "balances_(?<date>[0-9]{8})\\\\.csv", "order": {"file_name": "date"}}
    """

  /// Two accounts a customer; balances owed and in credit.
  private static func night(_ number: Int) -> String {
    let heading = "account.external_reference,account.currency,account.balance,account.customer.external_reference\n"
    return (1...rows).reduce(into: heading) { text, row in
      text += "A-\(row),ZAR,\(balance(row, night: number)),C-\((row + 1) / 2)\n"
    }
  }

  private static func balance(_ row: Int, night: Int) -> Int { (row % 7 - 3) * 1_000 + row * night }

  @Test func `killed in two nights of balances, each account has the last night's in the end`() async throws {
    let sandbox = try await Sandbox(
      in: workspace, "--latency", "100", "--faults", "drop-before=0.01,drop-after=0.02,500-after=0.01,503=0.01,429=0.01"
    )
    let layout = try workspace.write(Self.layout, to: "nights.json")
    for night in 1...2 {
      let name = "balances_2026020\(night).csv"
      let file = try workspace.write(Self.night(night), to: name)
      func arguments(rate: Int) -> [String] {
        billdrop.submitArguments(file, endpoint: sandbox.endpoint, rate: rate) + [
          "--layout", layout, "--in-flight", "64",
        ]
      }
      // A killed run has about 6 requests under way, and would need half a minute for the file: also where this process
      // gets little of the machine, its signal comes while requests are under way.
      var unresolved = 0
      for _ in 1...Self.kills {
        let target = try await requests(sandbox) + Int.random(in: 20...150)
        let program = try billdrop.start(arguments(rate: 60))
        while program.isRunning, try await requests(sandbox) < target { try await Task.sleep(for: .milliseconds(3)) }
        program.signal(SIGKILL)
        _ = try await program.wait()
        unresolved += try LedgerCopy.unresolvedIntents(workspace.ledger, in: workspace)
      }
      #expect(unresolved > 0, "no kill struck while requests were under way")
      var result = try await billdrop.run(arguments(rate: 1_500), limit: .seconds(120))
      for _ in 1...5 where result.status == 75 {
        result = try await billdrop.run(arguments(rate: 1_500), limit: .seconds(120))
      }
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      let summary = try result.summary()
      let accepted = (summary.outcomes["created"] ?? 0) + (summary.outcomes["updated"] ?? 0)
      #expect(accepted == Self.rows)
      let money = summary.money["ZAR"] ?? [:]
      let total = (1...Self.rows).map { Self.balance($0, night: night) }.reduce(0, +)
      #expect((money["created"] ?? 0) + (money["updated"] ?? 0) == total)

      let accounts = try await sandbox.accounts()
      #expect(accounts.count == Self.rows)
      #expect(try await sandbox.customers().count == Self.rows / 2)
      let has = Dictionary(accounts.map { ($0.external_reference, $0.balance) }) { first, _ in first }
      for row in 1...Self.rows { #expect(has["A-\(row)"] == Self.balance(row, night: night)) }
      let ids = Dictionary(accounts.map { ($0.external_reference, $0.id) }) { first, _ in first }
      for row in try workspace.report(of: name, command: "submit").table("rows.csv").rows {
        #expect(row["id"] == ids[row["external_reference"] ?? ""], "\(row)")
      }
    }
  }

  /// Requests that the sandbox has had so far.
  private func requests(_ sandbox: Sandbox) async throws -> Int {
    try await sandbox.state().requests.values.reduce(0, +)
  }

  @Test func `an older night that comes late changes nothing that a newer one has set, and says so`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let layout = try workspace.write(Self.layout, to: "nights.json")
    let heading = "account.external_reference,account.currency,account.balance,account.customer.external_reference\n"
    let newer = try workspace.write(heading + "A-1,ZAR,200,C-1\n", to: "balances_20260202.csv")
    let older = try workspace.write(heading + "A-1,ZAR,100,C-1\nA-2,ZAR,50,C-1\n", to: "balances_20260201.csv")
    #expect(try await billdrop.submit(newer, to: sandbox, "--layout", layout).status == 0)
    let late = try await billdrop.submit(older, to: sandbox, "--layout", layout)
    #expect(late.status == 1)
    #expect(try late.summary().nonzeroOutcomes == ["conflict": 1, "created": 1])
    #expect(try late.summary().money["ZAR"] == ["read": 150, "conflict": 100, "created": 50])
    let rows = try workspace.report(of: "balances_20260201.csv", command: "submit").table("rows.csv").rows
    #expect(rows.first?["code"] == "balance.newer-file")
    #expect(try await sandbox.accounts().map(\.balance) == [200, 50])
  }

  @Test func `a second file of balances whose order nobody states is held until it is approved`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let heading = "customer.external_reference,customer.currency,customer.balance\n"
    let first = try workspace.write(heading + "C-1,ZAR,1\n", to: "first.csv")
    let second = try workspace.write(heading + "C-1,ZAR,2\n", to: "second.csv")
    #expect(try await billdrop.submit(first, to: sandbox, "--layout", "customer-balance").status == 0)
    let held = try await billdrop.submit(second, to: sandbox, "--layout", "customer-balance")
    #expect(held.status == 4)
    #expect(try await sandbox.customers().map(\.balance) == [1])
    guard let digest = (held.output + held.errors).firstMatch(of: /--approve ([0-9a-f]{12})/)?.1 else {
      Issue.record("\(held.output)\(held.errors)")
      return
    }
    let approved = try await billdrop.submit(
      second, to: sandbox, "--layout", "customer-balance", "--approve", String(digest))
    #expect(approved.status == 0, "\(approved.output)\(approved.errors)")
    #expect(try await sandbox.customers().map(\.balance) == [2])
  }

  @Test func `a name without the date that the layout's order wants rejects the file`() async throws {
    let layout = try workspace.write(
      Self.layout.replacing("[0-9]{8}", with: "[a-z]+"), to: "nights.json")
    let file = try workspace.write(Self.night(1), to: "balances_today.csv")
    let result = try await billdrop.run("validate", file, "--layout", layout, "--format", "json")
    #expect(result.status == 65)
    #expect(try result.summary().issues.map(\.code) == ["file.order"])
  }
}
