import Schemas
import Testing

@testable import SchemaRules

@Suite struct CompiledSchemaTests {
  private func compile(_ text: String, _ others: [String: String] = [:]) throws(SchemaError) -> CompiledSchema {
    try CompiledSchema(json: Array(text.utf8)) { name in others[name].map { Array($0.utf8) } }
  }

  /// Whether the schema is refused for this reason at this place.
  private func expect(_ text: String, at place: String, _ isExpected: (SchemaError.Reason) -> Bool) {
    let error = #expect(throws: SchemaError.self) {
      try compile(text, ["other.json": #"{"$defs":{"x":{"minLenth":1}}}"#])
    }
    guard let error else { return }
    #expect("\(error.document)#\(error.pointer)" == place && isExpected(error.reason), "\(error)")
  }

  @Test(arguments: [
    (#"{"minLenth": 1}"#, "#/minLenth"), (#"{"properties": {"a/b": {"oneof": []}}}"#, "#/properties/a~1b/oneof"),
    (#"{"$defs": {"unused": {"multipleOf": 2}}}"#, "#/$defs/unused/multipleOf"), (#"{"if": true}"#, "#/if"),
    (#"{"unevaluatedProperties": false}"#, "#/unevaluatedProperties"),
    (#"{"$ref": "other.json#/$defs/x"}"#, "other.json#/$defs/x/minLenth"),
    (#"{"items": {"anyOf": [true, {"contains": {}}]}}"#, "#/items/anyOf/1/contains"),
  ])
  func `a keyword that isn't known is refused with its place, wherever it stands`(text: String, place: String) {
    expect(text, at: place) { if case .unknownKeyword = $0 { true } else { false } }
  }

  @Test(arguments: [
    (#"{"format": "uri"}"#, "#/format"), (#"{"uniqueItems": false}"#, "#/uniqueItems"), (##"{"$ref": "#"}"##, "#/$ref"),
    (##"{"properties": {"a": {"$ref": "#"}}}"##, "#/properties/a/$ref"), (##"{"$ref": "#anchor"}"##, "#/$ref"),
    (##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"##, "#/$defs/b/$ref"),
  ])
  func `a use outside of the subset is refused`(text: String, place: String) {
    expect(text, at: place) { if case .unsupported = $0 { true } else { false } }
  }

  @Test(arguments: [
    (#"{"type": "text"}"#, "#/type"), (#"{"maximum": "9"}"#, "#/maximum"), (#"{"minLength": -1}"#, "#/minLength"),
    (#"{"required": "a"}"#, "#/required"), (#"{"oneOf": []}"#, "#/oneOf"),
    (#"{"properties": {"a": 1}}"#, "#/properties/a"),
    (#"{"dependentRequired": {"a": [1]}}"#, "#/dependentRequired"), ("3", "#"),
  ])
  func `a keyword with a wrong value is refused`(text: String, place: String) {
    expect(text, at: place) { if case .malformed = $0 { true } else { false } }
  }

  @Test func `other faults of a schema name their places`() {
    expect(#"{"pattern": "("}"#, at: "#/pattern") { if case .pattern = $0 { true } else { false } }
    expect(##"{"$ref": "#/$defs/no"}"##, at: "#/$ref") { $0 == .unresolvedReference("#/$defs/no") }
    expect(#"{"$ref": "no.json"}"#, at: "#/$ref") { $0 == .unresolvedReference("no.json") }
    expect(#"{"a": 1,}"#, at: "#") { if case .notJSON = $0 { true } else { false } }
  }

  @Test(arguments: ["bill", "account", "customer", "summary", "config"])
  func `the embedded schemas compile`(name: String) throws {
    let json = try #require(Schemas.document(named: "\(name).schema.json"))
    _ = try CompiledSchema(json: json, resolving: Schemas.document(named:))
  }

  @Test func `the headings of bills stand in the schema's order`() throws {
    let bill = try CompiledSchema(json: Schemas.bill, resolving: Schemas.document(named:))
    #expect(
      bill.leafPaths == [
        "external_reference", "currency", "amount_due", "bill_date", "due_date",
        "customer", "customer.external_reference", "customer.name", "customer.email", "customer.phone",
        "customer.currency", "customer.balance", "customer.metadata.*",
        "account", "account.external_reference", "account.name", "account.currency", "account.balance",
        "account.metadata.*", "account.customer", "account.customer.external_reference", "account.customer.name",
        "account.customer.email", "account.customer.phone", "account.customer.currency", "account.customer.balance",
        "account.customer.metadata.*", "metadata.*",
      ])
  }

  @Test func `a path that the schema doesn't have has no rules`() throws {
    let bill = try CompiledSchema(json: Schemas.bill, resolving: Schemas.document(named:))
    for path in [
      "", ".", "nope", "amount_due.x", "account.nope", "metadata", "metadata.", "account.customer.", ".currency",
    ] {
      #expect(bill.field(path) == nil, "\(path)")
    }
    #expect(bill.field("metadata.a.b") != nil && bill.field("account.customer.metadata.x") != nil)
    #expect(bill.keys(of: "metadata")?.rule.maxLength == 40 && bill.keys(of: "customer") == nil)
  }
}
