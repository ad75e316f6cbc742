import Schemas
import Testing

@testable import SchemaRules

@Suite struct SchemaValidatorTests {
  private func violations(_ schema: String, _ value: String) throws -> [String] {
    let compiled = try CompiledSchema(json: Array(schema.utf8))
    return try compiled.validate(JSONValue(parsing: Array(value.utf8))).map { "\($0.pointer) \($0.keyword)" }
  }

  @Test(arguments: [
    ("true", "1", []), ("false", "1", [" false"]), (#"{"type":"integer"}"#, "1.0", []),
    (#"{"type":"integer"}"#, "1.5", [" type"]),
    (#"{"type":"integer"}"#, "1e30", []), (#"{"type":["string","null"]}"#, "null", []),
    (#"{"type":"number"}"#, "\"1\"", [" type"]),
    (#"{"enum":[1,"a",{"x":[1]}]}"#, #"{"x":[1.0]}"#, []), (#"{"enum":[1]}"#, "\"1\"", [" enum"]),
    (#"{"const":{"a":1,"b":2}}"#, #"{"b":2,"a":1}"#, []),
    (#"{"const":"é"}"#, #""e\u0301""#, [" const"]), (#"{"minLength":2,"maxLength":2}"#, "\"é😀\"", []),
    (#"{"maxLength":1}"#, "\"é😀\"", [" maxLength"]),
    (#"{"minLength":2}"#, "1", []), (#"{"pattern":"b"}"#, "\"abc\"", []),
    (#"{"pattern":"^b"}"#, "\"abc\"", [" pattern"]),
    (#"{"format":"date"}"#, "\"2025-02-30\"", [" format"]), (#"{"format":"email"}"#, "\"a@b.c\"", []),
    (#"{"minimum":1.5}"#, "1.5", []),
    (#"{"minimum":1.5}"#, "1", [" minimum"]), (#"{"exclusiveMinimum":0}"#, "0", [" exclusiveMinimum"]),
    (#"{"maximum":3}"#, "3.00001", [" maximum"]),
    (#"{"exclusiveMaximum":3}"#, "2.9", []), (#"{"required":["a","b"]}"#, #"{"a":null}"#, [" required"]),
    (#"{"required":["a"]}"#, "[]", []),
    (#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, [" dependentRequired"]),
    (#"{"properties":{"a":{"type":"null"}}}"#, #"{"a":1,"b":2}"#, ["/a type"]),
    (
      #"{"properties":{"a":{"type":"null"}},"additionalProperties":false}"#, #"{"a":1,"~/":2}"#,
      ["/a type", "/~0~1 additionalProperties"]
    ),
    (
      #"{"patternProperties":{"^x":{"type":"null"}},"additionalProperties":{"type":"string"}}"#,
      #"{"xa":1,"b":"s","c":1}"#, ["/xa type", "/c type"]
    ),
    (#"{"propertyNames":{"maxLength":2}}"#, #"{"abc":1}"#, ["/abc propertyNames"]),
    (#"{"minProperties":1,"maxProperties":2}"#, "{}", [" minProperties"]),
    (#"{"maxProperties":0}"#, #"{"a":1}"#, [" maxProperties"]),
    (#"{"items":{"type":"null"}}"#, "[null,1,[2]]", ["/1 type", "/2 type"]),
    (#"{"minItems":1}"#, "[]", [" minItems"]), (#"{"maxItems":1}"#, "[1,2]", [" maxItems"]),
    (#"{"uniqueItems":true}"#, "[1,1.0]", [" uniqueItems"]),
    (#"{"uniqueItems":true}"#, "[1,true,\"1\"]", []),
    (#"{"allOf":[{"minimum":2},{"maximum":0}]}"#, "1", [" minimum", " maximum"]),
    (#"{"anyOf":[{"minimum":2},{"maximum":5}]}"#, "3", []),
    (#"{"anyOf":[{"minimum":2},{"maximum":0}]}"#, "1", [" anyOf"]),
    (#"{"oneOf":[{"minimum":2},{"maximum":5}]}"#, "3", [" oneOf"]),
    (#"{"oneOf":[{"type":"string","minLength":2},{"type":"null"}]}"#, "\"a\"", [" minLength"]),
    (#"{"not":{"type":"string"}}"#, "\"a\"", [" not"]), (#"{"not":{"type":"string"}}"#, "1", []),
    (##"{"$ref":"#/$defs/a","$defs":{"a":{"minimum":2}},"maximum":0}"##, "1", [" minimum", " maximum"]),
  ])
  func `a value is judged as JSON Schema has it`(schema: String, value: String, expected: [String]) throws {
    #expect(try violations(schema, value) == expected, "\(schema) on \(value)")
  }

  private func bill(_ value: String) throws -> [SchemaViolation] {
    let schema = try CompiledSchema(json: Schemas.bill, resolving: Schemas.document(named:))
    return try schema.validate(JSONValue(parsing: Array(value.utf8)))
  }

  @Test func `a bill with its parties nested is valid`() throws {
    let text = #"""
      {"external_reference":"INV-1","currency":"ZAR","amount_due":1,"bill_date":"2025-01-01","due_date":"2025-02-01",
       "account":{"external_reference":"A","customer":{"external_reference":"C","email":"a@b.co","balance":-1,"currency":"ZAR"}},
       "metadata":{"k":"v"}}
      """#
    #expect(try bill(text).isEmpty)
  }

  @Test(arguments: [
    (#""customer":{"name":"x"}"#, ["/customer required"]), (#""customer":"C-1""#, ["/customer pattern"]),
    (#""customer":7"#, ["/customer oneOf"]),
    (#""customer":"bcus_1","account":"bacc_1""#, [" oneOf"]), (#""x":1"#, ["/x additionalProperties", " oneOf"]),
    (#""account":{"external_reference":"bill_1","customer":"bcus_1"}"#, ["/account/external_reference not"]),
    (#""account":{"external_reference":"A","customer":"C-1"}"#, ["/account/customer pattern"]),
    (#""account":{"external_reference":"A","customer":{}}"#, ["/account/customer required"]),
    (#""customer":"bcus_1","metadata":{"":"v","k":""}"#, ["/metadata/ propertyNames", "/metadata/k minLength"]),
  ])
  func `a bill that the API wouldn't take is told why`(members: String, expected: [String]) throws {
    let found = try bill(#"{"external_reference":"I","currency":"ZAR","amount_due":1,\#(members)}"#)
    #expect(Set(found.map { "\($0.pointer) \($0.keyword)" }) == Set(expected), "\(found)")
  }

  @Test func `the report of the documentation keeps its schema`() throws {
    let text = #"""
      {"command":"submit","verdict":"complete_with_rejects","file":{"name":"a.csv","bytes":0,"sha256":"\#(String(repeating: "0a", count: 32))"},
       "records":{"read":10,"valid":9,"invalid":1},
       "outcomes":{"created":9,"unchanged":0,"updated":0,"rejected":1,"refused":0,"conflict":0,"unknown":0,"not_sent":0},
       "money":{"ZAR":{"read":1000,"created":900,"rejected":100}},
       "issues":[{"code":"amount.range","severity":"error","count":1,"first_record":7}],
       "requests":{"sent":9,"retried":0,"throttled":0,"replayed":0},"started_at":"2025-01-01T00:00:00.000Z","seconds":0.5}
      """#
    let schema = try CompiledSchema(json: Schemas.summary, resolving: Schemas.document(named:))
    #expect(try schema.validate(JSONValue(parsing: Array(text.utf8))) == [])
  }

  @Test(arguments: [
    ("{}", true),
    (
      #"{"merchant":"city","api":{"endpoint":"https://api.momentpay.net","live":false},"limits":{"rate":0.5,"burst":1,"in_flight":32}}"#,
      true
    ),
    (#"{"api":{"endpoint":"http://127.0.0.1:8080"},"ledger":"/var/l.sqlite","reports":"out"}"#, true),
    (#"{"api":{"endpoint":"http://api.momentpay.net"}}"#, false),
    (#"{"api":{"endpoint":"http://localhost.evil.com"}}"#, false), (#"{"limits":{"rate":0}}"#, false),
    (#"{"limit":{}}"#, false), (#"{"key":"sk_1"}"#, false),
  ])
  func `a configuration is judged`(text: String, isValid: Bool) throws {
    let schema = try CompiledSchema(json: Schemas.config, resolving: Schemas.document(named:))
    #expect(try schema.validate(JSONValue(parsing: Array(text.utf8))).isEmpty == isValid)
  }
}
