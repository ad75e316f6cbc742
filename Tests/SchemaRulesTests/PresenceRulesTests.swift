import Schemas
import Testing

@testable import SchemaRules

@Suite struct PresenceRulesTests {
  private func faults(_ present: [String], absent: [String] = [], in schema: CompiledSchema? = nil) throws
    -> [PresenceFault]
  {
    let bill = try schema ?? CompiledSchema(json: Schemas.bill, resolving: Schemas.document(named:))
    let rules = try bill.presence(columns: absent + present)
    var set = ColumnSet()
    for index in present.indices { set.insert(absent.count + index) }
    return rules.check(set)
  }

  private let required = ["external_reference", "currency", "amount_due"]

  @Test(arguments: [
    ["customer"], ["account"], ["customer.external_reference", "customer.name"],
    ["account.external_reference", "account.customer"],
    [
      "account.external_reference", "account.customer.external_reference", "metadata.a.b",
      "account.customer.metadata.x",
    ],
    ["customer.external_reference", "customer.balance", "customer.currency"],
  ])
  func `a bill with one party is complete`(columns: [String]) throws {
    #expect(try faults(required + columns, absent: ["bill_date", "account.name", "metadata.q"]) == [])
  }

  @Test func `an empty row lacks what is required`() throws {
    let expected: [PresenceFault] = [
      .missing(path: "external_reference", object: ""), .missing(path: "currency", object: ""),
      .missing(path: "amount_due", object: ""),
      .noneOf(["customer", "account"], object: ""),
    ]
    #expect(try faults([], absent: required + ["customer"]) == expected)
    #expect(try faults([]) == expected)
  }

  @Test func `two parties are one too many`() throws {
    #expect(try faults(required + ["customer", "account"]) == [.severalOf(["customer", "account"], object: "")])
  }

  @Test func `an account needs its reference and its customer`() throws {
    #expect(
      try faults(required + ["account.name"], absent: ["account.external_reference"]) == [
        .missing(path: "account.external_reference", object: "account"),
        .missing(path: "account.customer", object: "account"),
      ])
    #expect(
      try faults(required + ["account.external_reference", "account.customer.name"]) == [
        .missing(path: "account.customer.external_reference", object: "account.customer")
      ])
  }

  @Test func `a balance needs its currency in the same object`() throws {
    #expect(
      try faults(required + ["customer.external_reference", "customer.balance"], absent: ["customer.currency"]) == [
        .needs(path: "customer.balance", needed: "customer.currency")
      ])
  }

  @Test func `a party is an id or an object, not both`() throws {
    #expect(try faults(required + ["customer", "customer.external_reference"]) == [.bothForms(path: "customer")])
  }

  @Test func `metadata has at most twenty pairs`() throws {
    let columns = required + ["customer"] + (1...25).map { "metadata.k\($0)" }
    #expect(try faults(Array(columns.prefix(24)), absent: Array(columns.suffix(5))) == [])
    #expect(try faults(Array(columns.prefix(26))) == [.tooMany(object: "metadata", count: 22, maximum: 20)])
  }

  @Test func `a changed required list changes the verdict`() throws {
    let changed = try CompiledSchema(
      json: CompiledFieldTests.replacing(
        Schemas.bill,
        ["[\"external_reference\", \"currency\", \"amount_due\"]": "[\"external_reference\", \"due_date\"]"])
    ) { name in
      Schemas.document(named: name).map {
        CompiledFieldTests.replacing($0, ["\"required\": [\"external_reference\"]": "\"required\": [\"name\"]"])
      }
    }
    #expect(
      try faults(["external_reference", "customer.email"], in: changed) == [
        .missing(path: "due_date", object: ""), .missing(path: "customer.name", object: "customer"),
      ])
  }

  @Test func `a merchant's own rules add to what is required`() throws {
    let overlay = try CompiledSchema(
      json: Array(
        #"{"required": ["due_date"], "properties": {"metadata": {"required": ["period"]}}, "not": {"required": ["account"]}}"#
          .utf8))
    let bill = try CompiledSchema(json: Schemas.bill, resolving: Schemas.document(named:)).tightened(by: overlay)
    #expect(
      try faults(required + ["account", "metadata.x"], in: bill) == [
        .missing(path: "due_date", object: ""), .excluded(["account"], object: ""),
        .missing(path: "metadata.period", object: "metadata"),
      ])
  }

  @Test(arguments: [
    #"{"oneOf": [{"properties": {"a": {"const": "x"}}}, {"required": ["b"]}]}"#,
    #"{"not": {"properties": {"a": {"minLength": 3}}}}"#,
    #"{"enum": [{"a": "x"}]}"#,
  ])
  func `a rule over an object that looks at values is refused for rows, not passed over`(text: String) throws {
    let schema = try CompiledSchema(json: Array(text.utf8))
    #expect(throws: SchemaError.self) { try schema.presence(columns: []) }
  }
}
