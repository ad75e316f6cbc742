import Foundation
import Testing

/// What is added to balances and to bills' payments: late requests, another ledger, an older copy of one.
@Suite(.fewAtATime)
struct AddingTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Under `"negative_bills"` alone, zero is skipped.
  private static let routed = #"{"name": "open", "format": "csv", "negative_bills": "balance"}"#
  private static let payments = "external_reference,currency,payment_amount,payment_reference\n"
  private static let credits = "external_reference,currency,amount_due,customer.external_reference\n"

  private func run(
    _ verb: String, _ file: String, _ sandbox: Sandbox, ledger: String, _ more: [String]
  ) async throws -> Billdrop.Result {
    let common = ["--endpoint", sandbox.endpoint, "--ledger", ledger]
    let reports = ["--reports", workspace.reports, "--rate", "2000", "--format", "json"]
    return try await billdrop.run([verb, file] + common + (verb == "verify" ? [] : reports) + more)
  }

  /// Submits until it is through, whatever is lost.
  private func submit(
    _ file: String, _ sandbox: Sandbox, ledger: String? = nil, _ more: String...
  ) async throws -> Billdrop.Result {
    let more = ["--guard", "off"] + more
    var result = try await run("submit", file, sandbox, ledger: ledger ?? workspace.ledger, more)
    for _ in 0..<30 where result.status == 75 {
      result = try await run("submit", file, sandbox, ledger: ledger ?? workspace.ledger, more)
    }
    return result
  }

  private func paid(_ sandbox: Sandbox) async throws -> [String: Int] {
    Dictionary(try await sandbox.bills().map { ($0.external_reference, $0.amount_paid ?? 0) }) { first, _ in first }
  }

  private func balances(_ sandbox: Sandbox) async throws -> [String: Int] {
    Dictionary(try await sandbox.customers().map { ($0.external_reference, $0.balance ?? 0) }) { first, _ in first }
  }

  private func codes(_ file: String) throws -> [String?] {
    try workspace.report(of: file, command: "submit").table("rows.csv").rows.map { $0["code"] }
  }

  /// A bill of 100.00 for each of three customers.
  private func raiseBills(_ sandbox: Sandbox) async throws {
    let bills = try workspace.write(
      "external_reference,currency,amount_due,customer.external_reference\n"
        + (0..<3).map { "B-\($0),ZAR,10000,C-\($0)\n" }.joined(), to: "bills.csv")
    #expect(try await submit(bills, sandbox).status == 0)
  }

  // MARK: Late requests

  /// A sum that is set back is never green: verify says so, and settle, or the next addition, puts it right.
  private func survives(
    _ sandbox: Sandbox, _ files: [String], _ expected: [String: Int], _ more: [String],
    sums: () async throws -> [String: Int]
  ) async throws {
    let deadline = ContinuousClock.now + .seconds(40)
    while ContinuousClock.now < deadline {
      let before = try await sums().filter { expected[$0.key] != nil }
      var isGreen = true
      for file in files {
        isGreen = try await run("verify", file, sandbox, ledger: workspace.ledger, more).status == 0 && isGreen
      }
      let after = try await sums().filter { expected[$0.key] != nil }
      // What landed while it was looked at, the next look sees.
      if before == after { #expect(isGreen == (before == expected), "\(before)") }
      if before == expected, after == expected { return }
      for file in files { _ = try await run("settle", file, sandbox, ledger: workspace.ledger, more) }
    }
    Issue.record("never right: \(try await sums())")
  }

  @Test func `rule 16: payments that land late take nothing back, and nothing is green while they have`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--stall", "800", "--seed", "5")
    try await raiseBills(sandbox)
    try await sandbox.setFaults("late=0.2")
    var files: [String] = []
    for number in 0..<3 {
      let rows = (0..<12).map { "B-\($0 % 3),ZAR,\(10 + number),P\(number)-\($0)\n" }
      files.append(try workspace.write(Self.payments + rows.joined(), to: "p\(number).csv"))
      #expect(try await submit(files[number], sandbox, ledger: nil, "--layout", "payment-added").status == 0)
    }
    try await sandbox.setFaults("")
    let expected = (0..<3).reduce(into: [:]) { $0["B-\($1)"] = 4 * (10 + 11 + 12) }
    try await survives(sandbox, files, expected, ["--layout", "payment-added"]) { try await paid(sandbox) }
  }

  @Test func `rule 16: credits that land late take nothing back, and nothing is green while they have`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--stall", "800", "--seed", "6", "--faults", "late=0.2")
    let layout = try workspace.write(Self.routed, to: "open.json")
    var files: [String] = []
    for number in 0..<3 {
      let rows = (0..<12).map { "R\(number)-\($0),ZAR,-\(10 + number),D-\($0 % 3)\n" }
      files.append(try workspace.write(Self.credits + rows.joined(), to: "c\(number).csv"))
      #expect(try await submit(files[number], sandbox, ledger: nil, "--layout", layout).status == 0)
    }
    try await sandbox.setFaults("")
    let expected = (0..<3).reduce(into: [:]) { $0["D-\($1)"] = -4 * (10 + 11 + 12) }
    try await survives(sandbox, files, expected, ["--layout", layout]) { try await balances(sandbox) }
  }

  @Test func `what a request set back is put right by the next row, which says both sums`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    try await raiseBills(sandbox)
    for (number, reference) in ["P1", "P2"].enumerated() {
      let file = try workspace.write(Self.payments + "B-0,ZAR,30,\(reference)\n", to: "\(reference).csv")
      let result = try await submit(file, sandbox, ledger: nil, "--layout", "payment-added")
      #expect(result.status == 0, "\(number): \(result.errors)")
    }
    // What a late request of the first payment does.
    let late = #"{"amount_paid":30,"currency":"ZAR","metadata":{"billdrop_payment":"P1"}}"#
    #expect(try await sandbox.call("PATCH", "/billing/bills/B-0", late) == 200)
    let second = workspace.path("P2.csv")
    let verified = try await run("verify", second, sandbox, ledger: workspace.ledger, ["--layout", "payment-added"])
    #expect(verified.status == 1 && verified.output.contains("took back"), "\(verified.output)\(verified.errors)")
    let third = try workspace.write(Self.payments + "B-0,ZAR,5,P3\n", to: "P3.csv")
    let result = try await submit(third, sandbox, ledger: nil, "--layout", "payment-added")
    #expect(
      result.status == 0 && result.output.contains(#""issues":[{"code":"payment.taken-back","severity":"warning""#))
    #expect(try await paid(sandbox)["B-0"] == 65)
    let row = try workspace.report(of: "P3.csv", command: "submit").table("rows.csv").rows[0]
    #expect(row["message"]?.contains("0.30 ZAR; it is 0.65 ZAR now") == true, "\(row)")
  }

  // MARK: Ledgers

  @Test func `the same payment in another file is unchanged, and another amount under its reference a conflict`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    try await raiseBills(sandbox)
    let first = try workspace.write(Self.payments + "B-0,ZAR,6000,P1\nB-0,ZAR,100,P2\n", to: "first.csv")
    #expect(try await submit(first, sandbox, ledger: nil, "--layout", "payment-added").status == 0)
    let again = try workspace.write(
      Self.payments + "B-0,ZAR,6000,P1\nB-0,ZAR,7,P3\nB-0,ZAR,101,P2\n", to: "again.csv")
    let result = try await submit(again, sandbox, ledger: nil, "--layout", "payment-added")
    #expect(try result.summary().nonzeroOutcomes == ["unchanged": 1, "updated": 1, "conflict": 1], "\(result.output)")
    #expect(try await paid(sandbox)["B-0"] == 6_107)
  }

  @Test func `an older copy of the ledger adds nothing again`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    try await raiseBills(sandbox)
    let layout = try workspace.write(Self.routed, to: "open.json")
    let first = try workspace.write(Self.payments + "B-0,ZAR,30,P1\n", to: "first.csv")
    #expect(try await submit(first, sandbox, ledger: nil, "--layout", "payment-added").status == 0)
    let copy = workspace.path("copy.sqlite")
    try FileManager.default.copyItem(atPath: workspace.ledger, toPath: copy)
    let second = try workspace.write(Self.payments + "B-0,ZAR,40,P2\nB-0,ZAR,50,P3\n", to: "second.csv")
    let credits = try workspace.write(Self.credits + "R-1,ZAR,-5,C-0\nR-2,ZAR,-6,C-0\n", to: "credits.csv")
    #expect(try await submit(second, sandbox, ledger: nil, "--layout", "payment-added").status == 0)
    #expect(try await submit(credits, sandbox, ledger: nil, "--layout", layout).status == 0)
    // By the copy neither file was ever sent.
    #expect(try await submit(second, sandbox, ledger: copy, "--layout", "payment-added").status == 1)
    #expect(try codes("second.csv").first == "payment.unknown-mark")
    #expect(try await submit(credits, sandbox, ledger: copy, "--layout", layout).status == 1)
    #expect(try codes("credits.csv").first == "balance.unknown-mark")
    #expect(try await paid(sandbox)["B-0"] == 120)
    #expect(try await balances(sandbox)["C-0"] == -11)
    // Nor in a file of the first row alone, now that the last one was found to be in.
    let alone = try workspace.write(Self.payments + "B-0,ZAR,40,P2\n", to: "alone.csv")
    #expect(try await submit(alone, sandbox, ledger: copy, "--layout", "payment-added").status == 1)
    #expect(try await paid(sandbox)["B-0"] == 120)
  }

  @Test func `a second ledger refuses to add, unless it is told to`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let layout = try workspace.write(Self.routed, to: "open.json")
    let first = try workspace.write(Self.credits + "R-1,ZAR,-5,C-0\n", to: "first.csv")
    #expect(try await submit(first, sandbox, ledger: nil, "--layout", layout).status == 0)
    let other = workspace.path("mistyped.sqlite")
    let second = try workspace.write(Self.credits + "R-2,ZAR,-6,C-0\n", to: "second.csv")
    let refused = try await submit(second, sandbox, ledger: other, "--layout", layout)
    #expect(refused.status == 1 && refused.output.contains("balance.unknown-mark"), "\(refused.output)")
    #expect(try await balances(sandbox)["C-0"] == -5)
    let added = try await submit(
      second, sandbox, ledger: other, "--layout", layout, "--retry", "refused", "--other-marks", "add")
    #expect(added.status == 0, "\(added.output)\(added.errors)")
    #expect(try await balances(sandbox)["C-0"] == -11)
  }

  @Test func `a plan compares what stands behind a credit by its customer as the API has it`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    try await raiseBills(sandbox)
    let layout = try workspace.write(Self.routed, to: "open.json")
    let file = try workspace.write(
      Self.credits + "R-1,ZAR,-5,C-0\nB-0,ZAR,10000,C-0\nN-1,ZAR,7,C-0\n", to: "mixed.csv")
    let other = workspace.path("new.sqlite")
    let plan = try await run("plan", file, sandbox, ledger: other, ["--layout", layout])
    #expect(try plan.summary().nonzeroOutcomes == ["updated": 1, "unchanged": 1, "created": 1], "\(plan.output)")
    let planned = try workspace.report(of: "mixed.csv", command: "plan").path("plan.json")
    let done = try await run("submit", file, sandbox, ledger: other, ["--layout", layout, "--plan", planned])
    #expect(done.status == 0, "\(done.output)\(done.errors)")
  }
}
