import Foundation
import Testing

/// A plan whose world has changed since: the submission stops, names the row, and sends nothing past it.
@Suite(.fewAtATime)
struct ChangedWorldTests {
  /// The row whose world changes, of 12.
  private static let row = 5
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Ways in which the world can change, each with what the plan foresees of the row.
  enum Change: String, CaseIterable {
    case billMadeTheSame, billMadeOtherwise, billMadeByAnotherFileOfOurs
    case billPaid, billVoided, billGone, billMadeRight
    case customerMade, accountMade, accountMadeByAnotherFileOfOurs, accountMadeForAnotherCustomer
    case partyGone
  }

  private static let headings =
    "external_reference,currency,amount_due,bill_date,due_date,customer.external_reference,"
    + "account.external_reference,account.customer.external_reference,metadata.period\n"

  private static func line(_ row: Int) -> String {
    PlannedWorld.line("B-\(row)", 1_000 + row, account: row, customer: "C-\(row)")
  }

  private func submit(_ text: String, _ name: String, _ sandbox: Sandbox, ours: Bool) async throws {
    let file = try workspace.write(Self.headings + text, to: name)
    let ledger = ours ? workspace.ledger : workspace.path("other.sqlite")
    let arguments = [
      "submit", file, "--endpoint", sandbox.endpoint, "--ledger", ledger, "--reports", workspace.path("others"),
      "--rate", "2000", "--format", "json",
    ]
    let result = try await billdrop.run(arguments)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  /// What is there when the plan is made.
  private func prepare(_ change: Change, _ sandbox: Sandbox) async throws {
    switch change {
    case .billPaid, .billVoided, .billGone: try await submit(Self.line(Self.row), "before.csv", sandbox, ours: false)
    case .billMadeRight:
      let other = Self.line(Self.row).replacingOccurrences(of: ",2026-01\n", with: ",\n")
      try await submit(other, "before.csv", sandbox, ours: false)
    case .accountMade:
      try await submit(PlannedWorld.line("X-1", 5, customer: "C-5"), "before.csv", sandbox, ours: false)
    case .partyGone:
      let other = PlannedWorld.line("X-1", 5, account: Self.row, customer: "C-5")
      try await submit(other, "before.csv", sandbox, ours: true)
    case .billMadeTheSame, .billMadeOtherwise, .billMadeByAnotherFileOfOurs, .customerMade,
      .accountMadeByAnotherFileOfOurs, .accountMadeForAnotherCustomer:
      break
    }
  }

  /// Changes it.
  private func apply(_ change: Change, _ sandbox: Sandbox) async throws {
    let bill = "/billing/bills/B-\(Self.row)"
    let onAccount = PlannedWorld.line("X-9", 5, account: Self.row, customer: "C-5")
    switch change {
    case .billMadeTheSame: try await submit(Self.line(Self.row), "since.csv", sandbox, ours: false)
    case .billMadeOtherwise:
      let other = PlannedWorld.line("B-5", 7, account: Self.row, customer: "C-5")
      try await submit(other, "since.csv", sandbox, ours: false)
    case .billMadeByAnotherFileOfOurs: try await submit(Self.line(Self.row), "since.csv", sandbox, ours: true)
    case .billPaid:
      #expect(try await sandbox.call("PATCH", bill, "{\"amount_paid\": 1, \"currency\": \"ZAR\"}") == 200)
    case .billVoided: #expect(try await sandbox.call("POST", bill + "/void") == 200)
    case .billMadeRight:
      #expect(try await sandbox.call("PATCH", bill, "{\"metadata\": {\"period\": \"2026-01\"}}") == 200)
    case .customerMade:
      try await submit(PlannedWorld.line("X-9", 5, customer: "C-5"), "since.csv", sandbox, ours: false)
    case .accountMade: try await submit(onAccount, "since.csv", sandbox, ours: false)
    case .accountMadeByAnotherFileOfOurs: try await submit(onAccount, "since.csv", sandbox, ours: true)
    case .accountMadeForAnotherCustomer:
      let other = PlannedWorld.line("X-9", 5, account: Self.row, customer: "K-1")
      try await submit(other, "since.csv", sandbox, ours: false)
    case .billGone, .partyGone: break
    }
  }

  @Test(arguments: Change.allCases)
  func `the submission by a plan stops at the row, and sends nothing past it`(change: Change) async throws {
    var sandbox = try await Sandbox(in: workspace)
    try await prepare(change, sandbox)
    let file = try workspace.write(Self.headings + (1...12).map(Self.line).joined(), to: "bills.csv")
    let arguments = [
      file, "--ledger", workspace.ledger, "--reports", workspace.reports, "--rate", "2000", "--format", "json",
    ]
    let planned = try await billdrop.run(["plan", "--endpoint", sandbox.endpoint] + arguments)
    #expect(planned.status == (change == .billMadeRight ? 1 : 0), "\(planned.output)\(planned.errors)")
    try await apply(change, sandbox)
    if change == .billGone || change == .partyGone {
      // Another sandbox in its place: whatever the plan and the ledger know is gone.
      try await sandbox.stop()
      sandbox = try await Sandbox(in: workspace, port: sandbox.port, "--seed", "2")
    }
    let before = try await sandbox.bills().count
    let result = try await billdrop.run(
      ["submit", "--endpoint", sandbox.endpoint, "--in-flight", "1"] + arguments
        + ["--plan", try workspace.report(of: "bills.csv", command: "plan").path("plan.json")])
    #expect(result.status == 75, "\(change): \(result.output)\(result.errors)")
    let output = result.output
    #expect(output.contains("Record 5, B-5: the plan says that it "), "\(change): \(output)")
    let summary = try result.summary()
    #expect(summary.verdict == "stopped")
    #expect(summary.outcomes["created"] == 4)
    #expect(try await sandbox.bills().count == before + 4)
    #expect((summary.outcomes["not_sent"] ?? 0) >= 7)
    #expect(summary.outcomes["unknown"] == 0)
    let log = try await sandbox.log()
    for row in 6...12 { #expect(!log.contains { $0.path.hasSuffix("/B-\(row)") && $0.method == "POST" }) }

    // A new plan goes on from there.
    let next = try await billdrop.run(["plan", "--endpoint", sandbox.endpoint] + arguments)
    #expect(next.status <= 1, "\(change): \(next.output)\(next.errors)")
    let rest = try await billdrop.run(
      ["submit", "--endpoint", sandbox.endpoint] + arguments
        + ["--plan", try workspace.report(of: "bills.csv", command: "plan").path("plan.json")])
    #expect(rest.status <= 1, "\(change): \(rest.output)\(rest.errors)")
    #expect(try rest.summary().outcomes["not_sent"] == 0)
  }

  @Test func `a plan for another file, environment or layout, and one that was edited, send nothing`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let elsewhere = try await Sandbox(in: workspace)
    let file = try workspace.write(Self.headings + (1...3).map(Self.line).joined(), to: "bills.csv")
    let other = try workspace.write(Self.headings + (1...4).map(Self.line).joined(), to: "other.csv")
    let planned = try await billdrop.run(
      "plan", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports)
    #expect(planned.status == 0)
    let plan = try workspace.report(of: "bills.csv", command: "plan").path("plan.json")
    let text = try String(contentsOfFile: plan, encoding: .utf8)
    let edited = try workspace.write(text.replacingOccurrences(of: "\"3n\"", with: "\"2nc\""), to: "edited.json")
    let spaced = try workspace.write(text + " ", to: "spaced.json")
    let cases: [(file: String, plan: String, at: Sandbox, more: [String], says: String)] = [
      (other, plan, sandbox, [], "another file: bills.csv"),
      (
        file, plan, elsewhere, ["--ledger", workspace.path("else.sqlite")], "and this would go to \(elsewhere.endpoint)"
      ),
      (file, plan, sandbox, ["--duplicates", "first"], "--duplicates is another"),
      (file, edited, sandbox, [], "was changed after it was made"),
      (file, spaced, sandbox, [], "was changed after it was made"),
      (file, file, sandbox, [], "is no plan"),
    ]
    for one in cases {
      let ledger = one.more.contains("--ledger") ? [] : ["--ledger", workspace.ledger]
      let result = try await billdrop.run(
        ["submit", one.file, "--endpoint", one.at.endpoint, "--plan", one.plan] + one.more + ledger)
      #expect(result.status == 78, "\(one.says): \(result.errors)")
      #expect(result.errors.contains(one.says), "\(result.errors)")
    }
    let missing = try await billdrop.run("submit", file, "--endpoint", sandbox.endpoint, "--plan", "none.json")
    #expect(missing.status == 66)
    #expect(try await sandbox.log().allSatisfy { $0.method == "GET" })
    #expect(try await elsewhere.log().isEmpty)
  }
}
