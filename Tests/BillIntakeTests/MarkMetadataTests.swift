import BillIntake
import BillLayouts
import BillModel
import Testing

/// Metadata that leaves room for the marks of what was added, which are a pair of metadata too.
@Suite struct MarkMetadataTests {
  private static let routed = #"{ "name": "x", "format": "csv", "zero_bills": "skip", "negative_bills": "balance" }"#
  private static let added = #"{ "name": "x", "format": "csv", "operation": "payment-added" }"#

  private func findings(_ text: String, _ layout: String) throws -> [String] {
    try MappedFile(Array(text.utf8), layout).read().findings
  }

  private func file(_ heading: String, _ row: String, _ metadata: String, pairs: Int) -> String {
    "\(heading),\((1...pairs).map { "\(metadata).k\($0)" }.joined(separator: ","))\n"
      + "\(row),\((1...pairs).map { "v\($0)" }.joined(separator: ","))\n"
  }

  @Test func `the keys of marks are nobody else's`() throws {
    let payment = "external_reference,currency,payment_amount,payment_reference"
    #expect(
      try findings("\(payment),metadata.billdrop_payment\nINV-1,ZAR,100,PAY-2,PAY-1\n", Self.added)
        == ["0:1 metadata.key metadata.billdrop_payment"])
    let bill = "external_reference,currency,amount_due,customer.external_reference"
    #expect(
      try findings("\(bill),customer.metadata.billdrop_credit\nB-1,ZAR,-100,C-1,B-0\n", Self.routed)
        == ["0:1 metadata.key customer.metadata.billdrop_credit"])
    let mapped = #"""
      { "name": "x", "format": "csv", "csv": { "other_columns": "metadata" }, "fields": { "external_reference": "ref",
        "currency": { "constant": "ZAR" }, "amount_due": "amount", "customer.external_reference": "customer" } }
      """#
    #expect(
      try findings("ref,amount,customer,billdrop_payment\nB-1,100,C-1,x\n", mapped)
        == ["0:1 metadata.key metadata.billdrop_payment"])
  }

  @Test func `a layout can't fill a mark's key`() throws {
    let layout = #"""
      { "name": "x", "format": "csv", "fields": { "external_reference": "ref", "currency": { "constant": "ZAR" },
        "amount_due": "amount", "customer.external_reference": "customer",
        "customer.metadata.billdrop_credit": "mark" } }
      """#
    let fault = #expect(throws: LayoutError.self) { try Layout(json: Array(layout.utf8)) }
    guard case .mistakes(let mistakes)? = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
    #expect(mistakes.map(\.pointer) == ["/fields/customer.metadata.billdrop_credit"])
  }

  @Test(arguments: [(19, []), (20, ["1:2 metadata.count"]), (21, ["1:2 metadata.count"])] as [(Int, [String])])
  func `where a mark comes to them, there is room for nineteen pairs`(pairs: Int, expected: [String]) throws {
    let payment = "external_reference,currency,payment_amount,payment_reference"
    #expect(
      try findings(file(payment, "INV-1,ZAR,100,PAY-1", "metadata", pairs: pairs), Self.added)
        .map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == expected)
    let bill = "external_reference,currency,amount_due,customer.external_reference"
    #expect(
      try findings(file(bill, "B-1,ZAR,-100,C-1", "customer.metadata", pairs: pairs), Self.routed)
        .map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == expected)
    let account =
      "external_reference,currency,amount_due,account.external_reference,account.customer.external_reference"
    #expect(
      try findings(file(account, "B-1,ZAR,-100,A-1,C-1", "account.metadata", pairs: pairs), Self.routed)
        .map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == expected)
  }

  @Test func `elsewhere there may be twenty`() throws {
    let bill = "external_reference,currency,amount_due,customer.external_reference"
    #expect(
      try findings(file(bill, "B-1,ZAR,100,C-1", "customer.metadata", pairs: 20), #"{ "name": "x", "format": "csv" }"#)
        == [])
    #expect(try findings(file(bill, "B-1,ZAR,100,C-1", "metadata", pairs: 20), Self.routed) == [])
  }
}
