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
      ["validate", Place.sample("merchants/\(expected.file)"), "--format", "json", "--reports", workspace.reports]
        + expected.layoutArguments)
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
    let wanted = try #require(expected.bills)
    let made = try await sandbox.bills()
    let isDated = wanted[0]["bill_date"] != nil
    #expect(Set(made.map { Self.fields($0, isDated: isDated) }) == Set(wanted.map(Self.fields)))
    #expect(made.count == wanted.count)
    let sent = try await sandbox.state().requests
    let again = try await billdrop.run(arguments)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try await sandbox.state().requests == sent)
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

  /// The same of an expected bill; a customer's name and telephone number are not in the bill's own answer.
  private static func fields(_ bill: [String: String]) -> [String: String] {
    bill.filter { !["customer.name", "customer.phone"].contains($0.key) }
  }
}
