import Foundation
import Testing

/// Corrections, payments, voids and files of several operations: real processes, real kills.
@Suite(.fewAtATime)
struct OperationTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private static let heading =
    "external_reference,currency,amount_due,bill_date,account.external_reference,account.customer.external_reference\n"

  private static func bills(_ prefix: String, due: Int, count: Int = 3) -> String {
    (0..<count).reduce(into: heading) { text, row in
      text += "\(prefix)-\(row),ZAR,\(due + row),2026-01-02,A-\(row),C-\(row)\n"
    }
  }

  /// Where a process dies: at each point of a submission, the ones of every turn at several turns.
  private static let crashes =
    ["claimed:1", "checked:1", "sent:1", "reporting:1", "listed:1", "written:1", "reported:1"]
    + ["committing", "committed", "handed"].flatMap { point in (1...7).map { "\(point):\($0)" } }

  /// The bills whose name begins so, by name.
  private func found(_ prefix: String, _ sandbox: Sandbox) async throws -> [String: Sandbox.Bill] {
    let bills = try await sandbox.bills().filter { $0.external_reference.hasPrefix(prefix) }
    return Dictionary(bills.map { ($0.external_reference, $0) }) { first, _ in first }
  }

  private func submit(_ file: String, _ sandbox: Sandbox, _ more: String...) async throws -> Billdrop.Result {
    var result = try await billdrop.run(
      billdrop.submitArguments(file, endpoint: sandbox.endpoint) + ["--guard", "off"] + more)
    for _ in 0..<8 where result.status == 75 {
      result = try await billdrop.run(
        billdrop.submitArguments(file, endpoint: sandbox.endpoint) + ["--guard", "off"] + more)
    }
    return result
  }

  /// Starts a submission that dies at a point, where it comes by it.
  private func crash(_ file: String, at point: String, _ sandbox: Sandbox, _ more: String...) async throws -> Bool {
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = point
    let program = try dying.start(
      dying.submitArguments(file, endpoint: sandbox.endpoint) + ["--guard", "off"] + more)
    if case .signalled = try await program.wait(atMost: .seconds(60)) { return true }
    return false
  }

  @Test func `killed at each named point, a correction is one void and one bill`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--faults", "drop-after=0.05,503=0.05")
    var died = 0
    for (number, point) in Self.crashes.enumerated() {
      let prefix = "K\(number)"
      let old = try workspace.write(Self.bills(prefix, due: 1_000), to: "\(prefix)-old.csv")
      #expect(try await submit(old, sandbox).status == 0)
      let new = try workspace.write(Self.bills(prefix, due: 2_000), to: "\(prefix)-new.csv")
      if try await crash(new, at: point, sandbox, "--layout", "correct") { died += 1 }
      let result = try await submit(new, sandbox, "--layout", "correct")
      #expect(result.status == 0, "\(point): \(result.output)\(result.errors)")
      #expect(try result.summary().nonzeroOutcomes == ["updated": 3], "\(point)")
      let bills = try await found(prefix, sandbox)
      #expect(bills.count == 6, "\(point): \(bills.keys.sorted())")
      for row in 0..<3 {
        #expect(bills["\(prefix)-\(row)"]?.status == "voided", "\(point)")
        #expect(bills["\(prefix)-\(row)-R1"]?.amount_due == 2_000 + row, "\(point)")
        #expect(bills["\(prefix)-\(row)-R1"]?.status == "unpaid", "\(point)")
      }
    }
    #expect(died > Self.crashes.count / 2, "few points were come by: \(died)")
  }

  @Test func `killed at each named point, payments are added once and bills voided once`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--faults", "drop-after=0.05,503=0.05")
    for (number, point) in Self.crashes.enumerated() where number % 2 == 0 {
      let prefix = "P\(number)"
      let old = try workspace.write(Self.bills(prefix, due: 1_000), to: "\(prefix)-old.csv")
      #expect(try await submit(old, sandbox).status == 0)
      let payments = (0..<6).map { "\(prefix)-\($0 % 2),ZAR,10,\(prefix)-PAY-\($0)" }
      let paid = try workspace.write(
        (["external_reference,currency,payment_amount,payment_reference"] + payments).joined(separator: "\n") + "\n",
        to: "\(prefix)-paid.csv")
      _ = try await crash(paid, at: point, sandbox, "--layout", "payment-added")
      #expect(try await submit(paid, sandbox, "--layout", "payment-added").status == 0, "\(point)")
      let ended = try workspace.write("external_reference\n\(prefix)-2\n", to: "\(prefix)-void.csv")
      _ = try await crash(ended, at: point, sandbox, "--layout", "void", "--confirm-void")
      #expect(try await submit(ended, sandbox, "--layout", "void", "--confirm-void").status == 0, "\(point)")
      let bills = try await found(prefix, sandbox)
      #expect(bills["\(prefix)-0"]?.amount_paid == 30 && bills["\(prefix)-1"]?.amount_paid == 30, "\(point)")
      #expect(bills["\(prefix)-2"]?.status == "voided", "\(point)")
    }
  }

  @Test func `a bill that is refused after its void comes first in the report, and the next run raises it`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    let old = try workspace.write(Self.bills("V", due: 1_000), to: "old.csv")
    #expect(try await submit(old, sandbox).status == 0)
    try await sandbox.setFaults("422=1")
    let new = try workspace.write(Self.bills("V", due: 2_000) + "V-9,ZAR,0,2026-01-02,A-1,C-1\n", to: "new.csv")
    let stopped = try await billdrop.submit(new, to: sandbox, "--layout", "correct", "--guard", "off")
    #expect(stopped.status == 75)
    let summary = try stopped.summary()
    #expect(summary.issues.first?.code == "correct.voided-not-raised" && summary.issues.first?.count == 3)
    #expect(summary.verdict == "stopped")
    try await sandbox.setFaults("422=0")
    let result = try await submit(new, sandbox, "--layout", "correct")
    #expect(result.status == 1)
    #expect(try result.summary().nonzeroOutcomes == ["updated": 3, "rejected": 1])
    #expect(try await found("V", sandbox).values.filter { $0.status == "unpaid" }.count == 3)
  }

  private static let mixed = """
    operation,external_reference,currency,amount_due,payment_amount,payment_reference,customer.external_reference,\
    customer.name,customer.currency,customer.balance
    customer,,,,,,C-1,Thandi,,
    bill,M-1,ZAR,1000,,,C-1,,,
    payment-added,M-1,ZAR,,100,PAY-1,,,,
    payment-added,M-1,ZAR,,150,PAY-2,,,,
    bill,M-2,ZAR,500,,,C-1,,,
    void,M-2,,,,,,,,
    customer-balance,,,,,,C-1,,ZAR,-70

    """

  @Test func `rows of several operations go in the file's order, and the report counts each`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--latency", "20")
    let file = try workspace.write(Self.mixed, to: "mixed.csv")
    let held = try await billdrop.submit(file, to: sandbox, "--layout", "mixed")
    #expect(held.status == 4, "\(held.errors)")
    let result = try await submit(file, sandbox, "--layout", "mixed", "--confirm-void")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    let bills = try await found("M", sandbox)
    #expect(bills["M-1"]?.amount_paid == 250)
    #expect(bills["M-2"]?.status == "voided")
    #expect(try await sandbox.customers().first?.balance == -70)
    #expect(
      result.output.contains(#""payment-added":{"rows":2,"outcomes":{"updated":2},"money":{"ZAR":{"updated":250}}}"#))
    let verified = try await billdrop.run(
      "verify", file, "--layout", "mixed", "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger)
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }

  @Test func `bills of zero and less are skipped where the layout says so, and part of others is paid`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let layout = try workspace.write(
      #"{"name": "open", "format": "csv", "zero_bills": "skip", "negative_bills": "skip"}"#, to: "open.json")
    let file = try workspace.write(
      """
      external_reference,currency,amount_due,amount_paid,bill_date,customer.external_reference
      O-1,ZAR,1000,400,2011-03-01,C-1
      O-2,ZAR,0,,2011-03-01,C-1
      O-3,ZAR,-50,,2011-03-01,C-2

      """, to: "open.csv")
    let result = try await submit(file, sandbox, "--layout", layout)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try result.summary().nonzeroOutcomes == ["created": 1, "skipped": 2])
    #expect(try result.summary().money["ZAR"]?["skipped"] == -50)
    let bills = try await found("O", sandbox)
    #expect(bills.count == 1 && bills["O-1"]?.amount_paid == 400 && bills["O-1"]?.bill_date == "2011-03-01")
    #expect(try await billdrop.run("validate", file).status == 1)
  }

  @Test func `what was changed behind the file's back is told with both values`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(Self.bills("D", due: 1_000), to: "bills.csv")
    #expect(try await submit(file, sandbox).status == 0)
    let ended = try workspace.write("external_reference\nD-1\n", to: "void.csv")
    var other = billdrop
    other.environment["HOME"] = workspace.path("other-home")
    let voided = try await other.run(
      "submit", ended, "--layout", "void", "--confirm-void", "--endpoint", sandbox.endpoint, "--ledger",
      workspace.path("other.sqlite"), "--reports", workspace.path("other-reports"))
    #expect(voided.status == 0, "\(voided.errors)")
    func verify(_ more: String...) async throws -> Billdrop.Result {
      try await billdrop.run(
        ["verify", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger] + more)
    }
    let found = try await verify()
    #expect(found.status == 1)
    #expect(found.output.contains("record 2, D-1: status voided, and the row says not voided"), "\(found.output)")
    #expect(try await verify("--sample", "1", "--format", "json").output.contains(#""read":1"#))
    // By the ledger that voided it, it was to be so.
    let known = try await submit(ended, sandbox, "--layout", "void", "--confirm-void")
    #expect(known.status == 0)
  }

  @Test func `a file of which rows were not sent is not verified, however well the others are`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let file = try workspace.write(BillFile.text(rows: 5), to: "part.csv")
    let held = try await billdrop.submit(file, to: sandbox, "--canary", "2", "--canary-then", "wait")
    #expect(held.status == 4, "\(held.output)\(held.errors)")
    let words = ["verify", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger]
    let part = try await billdrop.run(words)
    #expect(part.status == 75 && part.output.contains("3 rows are not through"), "\(part.output)\(part.errors)")
    #expect(try await billdrop.run(words + ["--format", "json"]).output.contains(#""verified":false"#))
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
    #expect(try await billdrop.run(words).status == 0)
  }
}
