import Foundation
import Testing

/// Every file of samples/merchants, read by its layout with the real binary, gives what is expected of it.
@Suite(.fewAtATime)
struct MerchantSampleTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(
      workspace: workspace,
      environment: ["BILLDROP_REFERENCE_KEY": "a key of at least 32 bytes, for samples alone"])
  }

  @Test func `every file has an expectation, and every expectation can be read`() throws {
    let folder = Place.samples.appending(path: "merchants")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0 != "expected" && !$0.hasSuffix(".ctl") }
    let expectations = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/expected")
    #expect(Set(files) == Set(Expectation.merchants.map(\.file)))
    #expect(Expectation.merchants.count == expectations.count)
  }

  @Test func `every layout of the samples is one that a file is read by, and has no mistake`() async throws {
    let layouts = try FileManager.default
      .contentsOfDirectory(atPath: Place.sample("layouts")).map { $0.replacingOccurrences(of: ".json", with: "") }
    #expect(Set(layouts).isSubset(of: Set(Expectation.merchants.compactMap(\.layout))))
    for layout in layouts {
      let checked = try await billdrop.run("layout", "check", Place.sample("layouts/\(layout).json"))
      #expect(checked.status == 0, "\(checked.output)")
    }
  }

  @Test(arguments: Expectation.merchants)
  func `a merchant's file gives the expected exit status, summary and findings`(_ expected: Expectation) async throws {
    let result = try await billdrop.run(
      [
        "validate", Place.sample("merchants/\(expected.file)"), "--format", "json", "--reports", workspace.reports,
        "--sent-on", "2025-01-01",
      ] + expected.layoutArguments)
    #expect(result.status == expected.exit, "\(result.errors)")
    let summary = try result.summary()
    #expect(summary.verdict == expected.verdict)
    #expect(summary.outcomes.values.reduce(0, +) == summary.records.read)
    if let records = expected.records { #expect(summary.records == records) }
    if let outcomes = expected.outcomes { #expect(summary.nonzeroOutcomes == outcomes.filter { $0.value != 0 }) }
    if let money = expected.money { #expect(summary.nonzeroMoney == money.nonzero) }
    if let issues = expected.issues { #expect(Set(summary.issues) == Set(issues)) }
    let report = try workspace.report(of: expected.file, command: "validate")
    try report.expect(expected.findings)
    for row in try report.table("issues.csv").rows {
      #expect(row["message"]?.isEmpty == false && row["hint"]?.isEmpty == false, "\(row)")
    }
  }

  @Test func `bills without a date that are due before the day on which they are sent are warned of`() async throws {
    let expected = try #require(Expectation.merchants.first { $0.file == "parents.txt" })
    func summary(on day: String) async throws -> SummaryFile {
      let result = try await billdrop.run(
        ["validate", Place.sample("merchants/\(expected.file)"), "--format", "json", "--sent-on", day]
          + expected.layoutArguments)
      #expect(result.status == expected.exit)
      return try result.summary()
    }
    let (before, after) = (try await summary(on: "2025-08-31"), try await summary(on: "2025-09-01"))
    #expect(before.issues.allSatisfy { $0.code != "date.order" })
    #expect(after.issues.filter { $0.code == "date.order" }.map(\.severity) == ["warning"])
    #expect(before.records == after.records)
    let wrong = try await billdrop.run(["validate", "-", "--sent-on", "2025-02-29"])
    #expect(wrong.status == 64 && wrong.errors.contains("a day, as 2026-03-01"), "\(wrong.errors)")
  }

  @Test func `a trailer that is wrong rejects the file, and both figures are told`() async throws {
    let expected = try #require(Expectation.merchants.first { $0.file == "BILLS.20250702.dat" })
    let result = try await billdrop.run(
      ["validate", Place.sample("merchants/\(expected.file)"), "--reports", workspace.reports]
        + expected.layoutArguments)
    #expect(result.status == 65)
    let issues = try workspace.report(of: expected.file, command: "validate").text("issues.csv")
    // Four bills of 12,345 + 1,001 cents and so on; the trailer states a bill more and 100 cents less.
    #expect(issues.contains("says that it has 5 bills, and it has 4"))
    #expect(issues.contains("comes to 59290 minor units, and it comes to 59390"))
  }

  @Test(arguments: Expectation.merchants.filter { $0.bills?.isEmpty == false })
  func `submitted, the good rows become these bills, once`(_ expected: Expectation) async throws {
    let file = Place.sample("merchants/\(expected.file)")
    let sandbox = try await Sandbox(in: workspace)
    // The files are of July 2025, and a bill whose file states no date has the API's day.
    try await sandbox.setClock(to: 1_751_349_600_000)
    let arguments = billdrop.submitArguments(file, endpoint: sandbox.endpoint) + expected.layoutArguments
    let submitted = try await billdrop.run(arguments)
    #expect(submitted.status == expected.exit, "\(submitted.errors)")
    #expect(try submitted.summary().records == expected.records)
    // Of zero and less there are no bills: the layout has another place for them.
    let wanted = try #require(expected.bills).filter { Int($0["amount_due"] ?? "") ?? 0 > 0 }
    let made = try await sandbox.bills()
    for bill in wanted {
      let paid = made.first { $0.external_reference == bill["external_reference"] }?.amount_paid ?? 0
      #expect(paid == bill["amount_paid"].flatMap { Int($0) } ?? 0)
    }
    let credits = try #require(expected.bills).compactMap { Int($0["amount_due"] ?? "") }.filter { $0 < 0 }
    let balances = try await sandbox.customers().compactMap(\.balance).filter { $0 < 0 }
    #expect(expected.layout != "open-items" || balances.sorted() == credits.sorted())
    let isDated = wanted[0]["bill_date"] != nil
    #expect(Set(made.map { Self.fields($0, isDated: isDated) }) == Set(wanted.map(Self.fields)))
    #expect(made.count == wanted.count)
    let sent = try await sandbox.state().requests
    let again = try await billdrop.run(arguments)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try await sandbox.state().requests == sent)
  }

  @Test(arguments: Expectation.merchants.filter { $0.bills?.isEmpty == false })
  func `shown by its layout, the good rows are these bills`(_ expected: Expectation) async throws {
    let file = Place.sample("merchants/\(expected.file)")
    let shown = try await billdrop.run(["show", file] + expected.layoutArguments)
    let hasFaults = expected.findings.contains { $0.code.hasPrefix("record.") || $0.code.hasPrefix("spreadsheet.") }
    if hasFaults { #expect(shown.status == 1, "\(shown.errors)") }
    let bills = try shown.output.split(separator: "\n").map {
      try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
    }
    let wanted = try #require(expected.bills)
    #expect(Set(wanted).subtracting(bills) == [])
    let limited = try await billdrop.run(["show", file, "--limit", "2"] + expected.layoutArguments)
    #expect(limited.output.split(separator: "\n").count == 2)
    #expect(shown.output.hasPrefix(limited.output))
    let raw = try await billdrop.run(["show", file, "--raw"] + expected.layoutArguments)
    let rows = try raw.output.split(separator: "\n").map {
      try JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
    #expect(rows.count >= expected.records?.read ?? 0, "\(raw.errors)")
  }

  private struct Checked: Decodable {
    struct Record: Decodable {
      struct Column: Decodable {
        let name: String
        let start: Int?
        let length: Int?
      }
      struct Field: Decodable {
        let field: String
        let value: String?
      }
      let kind: String
      let columns: [Column]
      let fields: [Field]
    }
    let records: [Record]
  }

  private func check(_ file: String, _ layout: String) async throws -> (Checked, String) {
    var billdrop = billdrop
    billdrop.environment["COLUMNS"] = "100"
    let arguments = ["layout", "check", layout, Place.sample("merchants/\(file)")]
    let json = try await billdrop.run(arguments + ["--format", "json"]).output
    let text = try await billdrop.run(arguments)
    // But for the first line, which names the layout's file.
    #expect(text.output.split(separator: "\n").map(\.count).dropFirst().allSatisfy { $0 <= 100 }, "\(text.output)")
    return (try JSONDecoder().decode(Checked.self, from: Data(json.utf8)), text.output)
  }

  @Test(arguments: Expectation.merchants.filter { $0.bills?.isEmpty == false })
  func `a layout checked with its file shows the first bill field by field`(_ expected: Expectation) async throws {
    let (checked, text) = try await check(expected.file, try #require(expected.layoutArguments.last))
    let bill = try #require(checked.records.first { $0.kind == "detail" })
    let fields = Dictionary(bill.fields.map { ($0.field, $0.value ?? "") }) { first, _ in first }
    for (field, value) in fields where !value.isEmpty && field != "customer.email" {
      #expect(text.contains("→ \(value)"), "\(field): \(text)")
    }
    guard !expected.findings.contains(where: { $0.record == 1 }) else { return }
    #expect(fields.filter { !$0.value.isEmpty } == expected.bills?.first)
  }

  @Test(arguments: [
    ("BILLS.20250701.dat", "batch-289", 3), ("mainframe.bin", "mainframe", 3), ("parents.txt", "parents", 2),
  ])
  func `brackets stand under the columns of each kind of record`(_ file: String, _ layout: String, _ kinds: Int)
    async throws
  {
    let (checked, text) = try await check(file, Place.sample("layouts/\(layout).json"))
    #expect(checked.records.count == kinds)
    let lines = text.split(separator: "\n").map(Array.init)
    let brackets = lines.filter { $0.contains("└") }
    #expect(brackets.count == kinds)
    for (record, line) in zip(checked.records, brackets) {
      for column in record.columns {
        let start = try #require(column.start)
        let end = start + (column.length ?? 0) - 1
        #expect(line[start + 1] == "└" && line[end + 1] == "┘", "\(column.name): \(String(line))")
      }
    }
  }

  /// What the API keeps of a bill, as text by field path; a date that no file states is the API's own.
  private static func fields(_ bill: Sandbox.Bill, isDated: Bool) -> [String: String] {
    var fields = [
      "external_reference": bill.external_reference, "currency": bill.currency, "amount_due": String(bill.amount_due),
      "customer.external_reference": bill.customer_external_reference,
    ]
    if isDated { fields["bill_date"] = bill.bill_date }
    fields["due_date"] = bill.due_date
    for (key, value) in bill.metadata ?? [:] { fields["metadata.\(key)"] = value }
    return fields
  }

  /// The same of an expected bill; what describes a customer is not in the bill's own answer.
  private static func fields(_ bill: [String: String]) -> [String: String] {
    bill.filter {
      $0.key != "amount_paid" && (!$0.key.hasPrefix("customer.") || $0.key == "customer.external_reference")
    }
  }
}
