import Foundation
import Testing

/// Plans and canaries of files that change what is there.
@Suite(.fewAtATime)
struct OperationPlanTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// What `--format json` says of a plan beside its rows.
  private struct Answer: Decodable {
    struct Plan: Decodable {
      struct Voids: Decodable {
        let rows: Int
        let money: [String: Int]
      }
      struct Corrections: Decodable {
        struct Sums: Decodable, Equatable {
          let before: Int
          let after: Int
        }
        let rows: Int
        let money: [String: Sums]
      }
      struct Requests: Decodable, Equatable {
        let create: Int
        let change: Int
        let ask: Int
      }
      let voids: Voids?
      let corrections: Corrections?
      let requests: Requests
    }
    let plan: Plan
    let operations: [String: Operation]?

    struct Operation: Decodable {
      let rows: Int
      let outcomes: [String: Int]
    }
  }

  private static let bills = """
    external_reference,currency,amount_due,bill_date,customer.external_reference
    M-1,ZAR,1000,2026-01-02,C-1
    M-2,ZAR,2000,2026-01-02,C-1
    M-3,ZAR,3000,2026-01-02,C-1
    M-4,ZAR,4000,2026-01-02,C-1

    """

  /// Everything that a row can ask for, some of it about one bill several times.
  private static let mixed = """
    operation,external_reference,currency,amount_due,amount_paid,payment_amount,payment_reference,bill_date,\
    customer.external_reference,customer.name,customer.currency,customer.balance,account.external_reference,\
    account.name,account.customer.external_reference
    customer,,,,,,,,C-1,Thandi,,,,,
    customer,,,,,,,,C-2,Sipho,,,,,
    account,,,,,,,,,,,,A-1,Water,C-2
    customer-balance,,,,,,,,C-2,,ZAR,-70,,,
    bill,M-9,ZAR,500,,,,2026-01-02,C-2,,,,,,
    payment-added,M-9,ZAR,,,400,P-1,,,,,,,,
    payment-added,M-9,ZAR,,,200,P-2,,,,,,,,
    payment,M-1,ZAR,,250,,,,,,,,,,
    void,M-2,,,,,,,,,,,,,
    correct,M-3,ZAR,3100,,,,2026-01-02,C-1,,,,,,
    void,M-404,,,,,,,,,,,,,

    """

  private func plan(_ file: String, _ sandbox: Sandbox, _ more: String...) async throws -> Billdrop.Result {
    try await billdrop.run(
      [
        "plan", file, "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger, "--reports", workspace.reports,
        "--rate", "2000", "--format", "json",
      ] + more)
  }

  private func rows(_ name: String, _ command: String) throws -> [[String]] {
    try workspace.report(of: name, command: command).table("rows.csv").rows.map { row in
      ["record", "external_reference", "outcome"].map { row[$0] ?? "" }
    }
  }

  @Test func `a plan of every operation foresees what submitting by it does, and what can't be undone first`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    let bills = try workspace.write(Self.bills, to: "bills.csv")
    #expect(try await billdrop.submit(bills, to: sandbox).status == 0)
    let file = try workspace.write(Self.mixed, to: "mixed.csv")
    let before = try await sandbox.log().count
    let planned = try await plan(file, sandbox, "--layout", "mixed")
    #expect(planned.status == 1, "\(planned.output)\(planned.errors)")
    #expect(try await sandbox.log().dropFirst(before).allSatisfy { $0.method == "GET" })
    let answer = try JSONDecoder().decode(Answer.self, from: Data(planned.output.utf8))
    #expect(answer.plan.voids?.rows == 1 && answer.plan.voids?.money == ["ZAR": 2000])
    #expect(answer.plan.corrections?.rows == 1)
    #expect(answer.plan.corrections?.money == ["ZAR": .init(before: 3000, after: 3100)])
    #expect(answer.operations?["payment-added"]?.outcomes == ["updated": 1, "conflict": 1])
    #expect(answer.operations?["customer"]?.outcomes == ["created": 1, "updated": 1])
    #expect(answer.plan.requests.create == 4 && answer.plan.requests.change == 6, "\(answer.plan.requests)")
    let told = try await billdrop.run(
      "plan", file, "--layout", "mixed", "--endpoint", sandbox.endpoint, "--ledger", workspace.ledger)
    #expect(told.output.contains("voids    1 bill would be voided; ZAR 20.00"), "\(told.output)")
    #expect(told.output.contains("corrects 1 bill would be voided and raised again; ZAR 30.00 before, 31.00"))

    let path = try workspace.report(of: "mixed.csv", command: "plan").path("plan.json")
    let submitted = try await billdrop.submit(
      file, to: sandbox, "--layout", "mixed", "--confirm-void", "--plan", path, "--guard", "off")
    #expect(submitted.status == 1, "\(submitted.output)\(submitted.errors)")
    #expect(try rows("mixed.csv", "plan") == rows("mixed.csv", "submit"))
    let there = try await sandbox.bills()
    #expect(there.first { $0.external_reference == "M-9" }?.amount_paid == 400)
    #expect(there.first { $0.external_reference == "M-3-R1" }?.amount_due == 3100)
  }

  @Test func `a plan foresees what becomes of a bill that a row before raises in another one's place`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let bills = try workspace.write(Self.bills, to: "bills.csv")
    #expect(try await billdrop.submit(bills, to: sandbox).status == 0)
    let file = try workspace.write(
      """
      operation,external_reference,currency,amount_due,payment_amount,payment_reference,bill_date,\
      customer.external_reference
      bill,K-1,ZAR,500,,,2026-01-02,C-1
      correct,K-1,ZAR,400,,,2026-01-02,C-1
      payment-added,K-1-R1,ZAR,,50,P-1,,
      correct,M-1,ZAR,900,,,2026-01-02,C-1
      void,M-1-R1,,,,,,
      correct,M-2,ZAR,900,,,2026-01-02,C-1
      payment-added,M-2-R1,ZAR,,60,P-2,,

      """, to: "series.csv")
    let planned = try await plan(file, sandbox, "--layout", "mixed")
    #expect(planned.status == 0, "\(planned.output)\(planned.errors)")
    let submitted = try await billdrop.submit(
      file, to: sandbox, "--layout", "mixed", "--confirm-void", "--guard", "off")
    #expect(submitted.status == 0, "\(submitted.output)\(submitted.errors)")
    #expect(try submitted.summary().nonzeroOutcomes == ["created": 1, "updated": 6])
    let outcomes = try rows("series.csv", "plan")
    #expect(outcomes == (try rows("series.csv", "submit")))
    let paid = try await sandbox.bills().filter { ["K-1-R1", "M-2-R1"].contains($0.external_reference) }
    #expect(paid.compactMap(\.amount_paid).sorted() == [50, 60])
  }

  @Test func `a plan foresees what rows find that name a bill which a row before them raises in another's place`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    let bills = try workspace.write(Self.bills, to: "bills.csv")
    #expect(try await billdrop.submit(bills, to: sandbox).status == 0)
    let heading =
      "operation,external_reference,currency,amount_due,bill_date,customer.external_reference,payment_amount,"
      + "payment_reference\n"
    let first = try workspace.write(heading + "correct,M-2,ZAR,2100,2026-01-02,C-1,,\n", to: "first.csv")
    #expect(try await billdrop.submit(first, to: sandbox, "--layout", "mixed", "--confirm-void").status == 0)
    let rows = """
      correct,M-1,ZAR,1100,2026-01-02,C-1,,
      payment-added,M-1-R1,ZAR,,,,100,P-1
      correct,M-2-R1,ZAR,2200,2026-01-02,C-1,,
      correct,M-2,ZAR,2300,2026-01-02,C-1,,
      void,M-2,,,,,,

      """
    let file = try workspace.write(heading + rows, to: "later.csv")
    let planned = try await plan(file, sandbox, "--layout", "mixed")
    #expect(planned.status == 1, "\(planned.output)\(planned.errors)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(planned.output.utf8))
    #expect(answer.plan.voids?.money == ["ZAR": 2200])
    let submitted = try await billdrop.submit(
      file, to: sandbox, "--layout", "mixed", "--confirm-void", "--guard", "off")
    #expect(submitted.status == 1, "\(submitted.output)\(submitted.errors)")
    let ends = try self.rows("later.csv", "submit")
    #expect(try self.rows("later.csv", "plan") == ends)
    #expect(ends.map(\.[2]) == ["updated", "updated", "updated", "conflict", "updated"])
    let standing = try await sandbox.bills().filter { $0.status != "voided" }.map(\.external_reference)
    #expect(standing.sorted() == ["M-1-R1", "M-3", "M-4"])
  }

  @Test func `a submission by a plan stops where a bill that it voids is paid by then`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let bills = try workspace.write(Self.bills, to: "bills.csv")
    #expect(try await billdrop.submit(bills, to: sandbox).status == 0)
    let file = try workspace.write("external_reference\nM-1\nM-2\n", to: "voids.csv")
    #expect(try await plan(file, sandbox, "--layout", "void").status == 0)
    try await sandbox.pay(#"{"bill":"M-1"}"#)
    let path = try workspace.report(of: "voids.csv", command: "plan").path("plan.json")
    let stopped = try await billdrop.submit(
      file, to: sandbox, "--layout", "void", "--confirm-void", "--plan", path, "--in-flight", "1", "--guard", "off")
    #expect(stopped.status == 75, "\(stopped.output)\(stopped.errors)")
    #expect(stopped.output.contains("the plan says that it is voided by the row"), "\(stopped.output)")
    #expect(try await sandbox.bills().first { $0.external_reference == "M-1" }?.status == "paid")
  }

  @Test func `a canary of a file of several operations tries each, the first row about an object, and reads it back`()
    async throws
  {
    let sandbox = try await Sandbox(in: workspace)
    let bills = try workspace.write(Self.bills, to: "bills.csv")
    #expect(try await billdrop.submit(bills, to: sandbox).status == 0)
    let file = try workspace.write(Self.mixed, to: "mixed.csv")
    let held = try await billdrop.submit(
      file, to: sandbox, "--layout", "mixed", "--confirm-void", "--guard", "off", "--canary", "7", "--canary-then",
      "wait")
    #expect(held.status == 4, "\(held.output)\(held.errors)")
    let rows = try workspace.report(of: "mixed.csv", command: "submit").table("rows.csv").rows
    let sent = rows.filter { $0["outcome"] != "not_sent" }.compactMap { $0["record"] }
    // One of each operation and whether its party is known; no second row about C-2 or M-9, and what is refused stays.
    #expect(sent == ["1", "2", "3", "5", "8", "9", "10"], "\(held.output)")
    let digest = String(try #require(try held.summary().file.sha256).prefix(12))
    let rest = try await billdrop.submit(
      file, to: sandbox, "--layout", "mixed", "--confirm-void", "--guard", "off", "--canary", "7", "--canary-then",
      "wait",
      "--approve", digest)
    #expect(rest.status == 1, "\(rest.output)\(rest.errors)")
    #expect(try rest.summary().nonzeroOutcomes["refused"] == 1)
  }
}
