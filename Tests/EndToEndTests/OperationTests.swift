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

  /// The same ledger has the bill's intent, of a file that died before the bill went out.
  @Test(arguments: ["payment", "void", "correct"])
  func `a row on a bill that another file is still to raise waits for it`(layout: String) async throws {
    let sandbox = try await Sandbox(in: workspace)
    let old = try workspace.write(Self.bills("U", due: 1_000, count: 1), to: "old.csv")
    var turn = 0
    repeat {
      turn += 1
      #expect(try await crash(old, at: "committed:\(turn)", sandbox), "\(turn)")
    } while try turn < 9 && LedgerText(workspace.ledger).column("SELECT reference FROM bill").isEmpty
    #expect(try LedgerText(workspace.ledger).column("SELECT reference FROM bill") == ["U-0"])
    #expect(try await found("U", sandbox).isEmpty)
    let rows =
      switch layout {
      case "payment": "external_reference,currency,amount_paid\nU-0,ZAR,1000\n"
      case "void": "external_reference\nU-0\n"
      default: Self.bills("U", due: 2_000, count: 1)
      }
    let file = try workspace.write(rows, to: "later.csv")
    let words = ["--guard", "off", "--layout", layout] + (layout == "payment" ? [] : ["--confirm-void"])
    let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint) + words
    let early = try await billdrop.run(arguments)
    #expect(early.status == 75, "\(early.output)\(early.errors)")
    #expect(try early.summary().outcomes["not_sent"] == 1, "\(early.output)")
    #expect(early.output.contains("U-0, of old.csv"), "\(early.output)")
    #expect(try await submit(old, sandbox).status == 0)
    let late = try await billdrop.run(arguments)
    #expect(late.status == 0, "\(late.output)\(late.errors)")
  }

  @Test func `killed at each named point, a correction is one void and one bill`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--faults", "drop-after=0.05,503=0.05")
    var died = 0
    for (number, point) in Self.crashes.enumerated() {
      let prefix = "K\(number)"
      let old = try workspace.write(Self.bills(prefix, due: 1_000), to: "\(prefix)-old.csv")
      #expect(try await submit(old, sandbox).status == 0)
      let new = try workspace.write(Self.bills(prefix, due: 2_000), to: "\(prefix)-new.csv")
      if try await crash(new, at: point, sandbox, "--layout", "correct", "--confirm-void") { died += 1 }
      let result = try await submit(new, sandbox, "--layout", "correct", "--confirm-void")
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
    let stopped = try await billdrop.submit(new, to: sandbox, "--layout", "correct", "--confirm-void", "--guard", "off")
    #expect(stopped.status == 75)
    let summary = try stopped.summary()
    #expect(summary.issues.first?.code == "correct.voided-not-raised" && summary.issues.first?.count == 3)
    #expect(summary.verdict == "stopped")
    try await sandbox.setFaults("422=0")
    let result = try await submit(new, sandbox, "--layout", "correct", "--confirm-void")
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

  // MARK: Bills of less than zero

  private static let routed =
    #"{"name": "open", "format": "csv", "zero_bills": "balance", "negative_bills": "balance"}"#

  @Test func `bills of less than zero go to balances, and the report counts them apart`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let layout = try workspace.write(Self.routed, to: "open.json")
    let file = try workspace.write(
      """
      external_reference,currency,amount_due,amount_paid,customer.external_reference,customer.name,\
      account.external_reference,account.customer.external_reference
      Z-1,ZAR,1000,,C-1,Thandi,,
      Z-2,ZAR,-50,0,C-1,Thandi,,
      Z-3,ZAR,-25,,C-1,Thandi,,
      Z-4,ZAR,-70,,,,A-1,C-1
      Z-5,ZAR,-10,,C-2,Sipho,,
      Z-6,ZAR,0,,C-2,Sipho,,
      Z-7,ZAR,-10,,,,,

      """, to: "open.csv")
    let planned = try await billdrop.run(
      "plan", file, "--layout", layout, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger)
    #expect(planned.output.contains("created"), "\(planned.output)\(planned.errors)")
    let result = try await submit(file, sandbox, "--layout", layout)
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    let summary = try result.summary()
    #expect(summary.nonzeroOutcomes == ["created": 3, "updated": 2, "skipped": 1, "rejected": 1], "\(result.output)")
    #expect(
      result.output.contains(
        #""customer-balance":{"rows":3,"outcomes":{"created":1,"updated":2},"money":{"ZAR":{"created":-10,"updated":-75}}}"#
      ), "\(result.output)")
    let customers = try await sandbox.customers()
    #expect(customers.first { $0.external_reference == "C-1" }?.balance == -75)
    #expect(customers.first { $0.external_reference == "C-2" }?.balance == -10)
    #expect(try await sandbox.accounts().first?.balance == -70)
    #expect(try await found("Z", sandbox).keys.sorted() == ["Z-1"])
    let rows = try workspace.report(of: "open.csv", command: "submit").table("rows.csv").rows
    #expect(rows[1]["code"] == "amount.to-balance" && rows[1]["external_reference"] == "Z-2")
    #expect(rows[2]["message"] == "added to the balance of the customer C-1, which is -0.75 ZAR then")
    let verified = try await billdrop.run(
      "verify", file, "--layout", layout, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger)
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")

    // The same rows in another file are added no second time, and one under another amount is told.
    let again = try workspace.write(
      """
      external_reference,currency,amount_due,customer.external_reference
      Z-3,ZAR,-25,C-1
      Z-5,ZAR,-11,C-2

      """, to: "again.csv")
    let second = try await submit(again, sandbox, "--layout", layout)
    #expect(try second.summary().nonzeroOutcomes == ["unchanged": 1, "conflict": 1], "\(second.output)")
    #expect(try await sandbox.customers().first { $0.external_reference == "C-1" }?.balance == -75)
    let beside = try await submit(again, sandbox, "--layout", layout, "--update-parties")
    #expect(beside.status == 78 && beside.errors.contains("--update-parties"))
  }

  @Test func `killed at each named point, what goes to a balance is added once, in the file's order`() async throws {
    let sandbox = try await Sandbox(in: workspace, "--faults", "drop-after=0.08,drop-before=0.03,503=0.05")
    let layout = try workspace.write(Self.routed, to: "open.json")
    // Of the customers the first is there, with a balance of its own; the others are made by whichever row is first.
    let balances = Self.crashes.indices.map { "N\($0)-C0,ZAR,500\n" }.joined()
    let known = try workspace.write(
      "customer.external_reference,customer.currency,customer.balance\n" + balances, to: "balances.csv")
    #expect(try await submit(known, sandbox, "--layout", "customer-balance").status == 0)
    var died = 0
    for (number, point) in Self.crashes.enumerated() {
      let prefix = "N\(number)"
      let rows = (0..<12).map { row in
        "\(prefix)-\(row),ZAR,\(row % 4 == 3 ? 700 : -10 - row),\(prefix)-C\(row % 3)"
      }
      let file = try workspace.write(
        (["external_reference,currency,amount_due,customer.external_reference"] + rows).joined(separator: "\n") + "\n",
        to: "\(prefix).csv")
      if try await crash(file, at: point, sandbox, "--layout", layout) { died += 1 }
      let result = try await submit(file, sandbox, "--layout", layout)
      #expect(result.status == 0, "\(point): \(result.output)\(result.errors)")
      let balances = try await sandbox.customers().filter { $0.external_reference.hasPrefix(prefix + "-") }
      for customer in 0..<3 {
        let credits = (0..<12).filter { $0 % 3 == customer && $0 % 4 != 3 }.map { -10 - $0 }.reduce(0, +)
        let balance = balances.first { $0.external_reference == "\(prefix)-C\(customer)" }?.balance
        #expect(balance == credits + (customer == 0 ? 500 : 0), "\(point): customer \(customer)")
      }
      #expect(try await found(prefix + "-", sandbox).count == 3, "\(point)")
    }
    #expect(died > Self.crashes.count / 2, "few points were come by: \(died)")
  }

  // MARK: Corrections and voids

  @Test func `a correction wants its confirmation, and a void follows to the bill that stands`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let old = try workspace.write(Self.bills("F", due: 1_000), to: "old.csv")
    #expect(try await submit(old, sandbox).status == 0)
    let new = try workspace.write(Self.bills("F", due: 2_000, count: 2), to: "new.csv")
    let held = try await billdrop.submit(new, to: sandbox, "--layout", "correct", "--guard", "off")
    #expect(held.status == 4 && held.errors.contains("--confirm-void"), "\(held.output)\(held.errors)")
    #expect(try await found("F", sandbox).count == 3)
    #expect(try await submit(new, sandbox, "--layout", "correct", "--confirm-void").status == 0)
    let ended = try workspace.write("external_reference\nF-0\nF-2\n", to: "void.csv")
    let voided = try await submit(ended, sandbox, "--layout", "void", "--confirm-void")
    #expect(try voided.summary().nonzeroOutcomes == ["updated": 2], "\(voided.output)\(voided.errors)")
    let bills = try await found("F", sandbox)
    #expect(
      bills["F-0-R1"]?.status == "voided" && bills["F-1-R1"]?.status == "unpaid" && bills["F-2"]?.status == "voided")
    let again = try workspace.write("external_reference\nF-0\n", to: "void-again.csv")
    #expect(
      try await submit(again, sandbox, "--layout", "void", "--confirm-void").summary().nonzeroOutcomes
        == ["unchanged": 1])
    // What stands of what was billed: F-1-R1 alone.
    let reconciled = try await billdrop.run(
      "reconcile", "--ledger", workspace.ledger, "--reports", workspace.reports, "--ask", "none", "--format", "json")
    #expect(reconciled.output.contains(#""billed":2001"#), "\(reconciled.output)\(reconciled.errors)")
  }
}
