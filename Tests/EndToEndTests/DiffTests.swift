import Foundation
import Testing

/// `billdrop diff`, and the short form of it in a report.
@Suite(.fewAtATime)
struct DiffTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private struct Answer: Decodable {
    struct Parties: Decodable, Equatable {
      let new: Int
      let gone: Int
    }

    struct Side: Decodable {
      let name: String
      let bills: Int
      let rejected: Int
      let money: [String: Int]
    }

    let old: Side
    let new: Side
    let same: Int
    let changed: Int
    let added: Int
    let gone: Int
    let now_rejected: Int
    let changed_fields: [String: Int]
    let customers: Parties
    let accounts: Parties
    let report: String?
  }

  private struct Summary: Decodable {
    let before: Answer?
  }

  private static let headings =
    "external_reference,currency,amount_due,bill_date,due_date,customer.external_reference,customer.name\n"

  private func file(_ rows: [String], _ name: String) throws -> String {
    try workspace.write(Self.headings + rows.joined(), to: name)
  }

  private func row(_ reference: String, _ amount: Int, customer: String = "C1", name: String = "Thandi Molefe")
    -> String
  {
    "\(reference),ZAR,\(amount),2025-07-01,2025-07-25,\(customer),\(name)\n"
  }

  private func compare(_ arguments: [String]) async throws -> (Int, Answer) {
    let result = try await billdrop.run(["diff", "--format", "json"] + arguments)
    return (result.status, try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)))
  }

  @Test func `two nights are compared without network or key, with a list in the file's order`() async throws {
    let old = try file([row("A", 1), row("B", 2), row("C", 3), row("D", 4, customer: "C2")], "old.csv")
    let new = try file(
      [row("E", 5, customer: "C3"), row("C", 30), row("A", 1), row("B", 2, name: "Sipho Dube"), row("F", 0)], "new.csv")
    let keyless = Billdrop(workspace: workspace, key: nil)
    let result = try await keyless.run(["diff", old, new, "--reports", workspace.reports, "--format", "json"])
    #expect(result.status == 1, "a row of the new file is rejected: \(result.errors)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
    #expect(answer.added == 1 && answer.gone == 1 && answer.changed == 2 && answer.same == 1)
    #expect(answer.changed_fields == ["amount_due": 1, "customer.name": 1])
    #expect(answer.customers == Answer.Parties(new: 1, gone: 1))
    #expect(answer.old.money == ["ZAR": 10] && answer.new.money == ["ZAR": 38] && answer.new.rejected == 1)
    let report = try workspace.report(of: "new.csv", command: "diff")
    let lines = try report.text("changes.csv").split(separator: "\n").map(String.init)
    #expect(
      lines == [
        "change,external_reference,old_record,new_record,field,old,new", "added,E,,1,,,", "customer_new,C3,,1,,,",
        "changed,C,3,2,amount_due,3,30", "changed,B,2,4,customer.name,T***** M*****,S**** D***", "gone,D,4,,,,",
        "customer_gone,C2,4,,,,",
      ])
  }

  @Test func `a file that can't be used, is missing or is a third one is told`() async throws {
    let old = try file([row("A", 1)], "old.csv")
    let broken = try workspace.write(Self.headings + "\"A,ZAR", to: "broken.csv")
    #expect(try await billdrop.run(["diff", old, broken]).status == 65)
    #expect(try await billdrop.run(["diff", old, workspace.path("none.csv")]).status == 66)
    #expect(try await billdrop.run(["diff", old]).status == 64)
    #expect(try await billdrop.run(["diff", old, old, old]).status == 64)
  }

  @Test func `each file can have a layout of its own`() async throws {
    let layout = """
      { "name": "theirs", "format": "csv", "csv": { "delimiter": ";" },
        "fields": { "external_reference": "Nr", "currency": { "constant": "ZAR" },
          "amount_due": { "column": "Betrag", "steps": [{ "amount": { "decimal": "," } }] },
          "customer.external_reference": "Kunde" } }
      """
    let theirs = try workspace.write(layout, to: "theirs.json")
    let old = try workspace.write("Nr;Betrag;Kunde\nA;12,50;C1\nB;1,00;C1\n", to: "old.csv")
    let new = try workspace.write(
      "external_reference,currency,amount_due,customer.external_reference\nA,ZAR,1250,C1\nB,ZAR,101,C1\n", to: "new.csv"
    )
    let (status, answer) = try await compare([old, new, "--old-layout", theirs])
    #expect(status == 0 && answer.same == 1 && answer.changed == 1 && answer.changed_fields == ["amount_due": 1])
  }

  @Test func `a night's report tells what changed against the night before, where that is at hand`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let first = try file([row("A", 1), row("B", 2)], "night-1.csv")
    #expect(try await before(first, sandbox) == nil)
    let second = try await before(file([row("A", 1), row("C", 3)], "night-2.csv"), sandbox)
    #expect(second?.old.name == "night-1.csv" && second?.added == 1 && second?.gone == 1 && second?.same == 1)
    // A file of that name with other bytes is not the night before.
    _ = try file([row("A", 1), row("X", 3)], "night-2.csv")
    #expect(try await before(file([row("A", 1), row("D", 3)], "night-3.csv"), sandbox) == nil)
  }

  private func before(_ file: String, _ sandbox: Sandbox) async throws -> Answer? {
    let result = try await billdrop.submit(file, to: sandbox)
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8)).before
  }
}
