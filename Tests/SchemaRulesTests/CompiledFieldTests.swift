import Schemas
import Testing

@testable import SchemaRules

@Suite struct CompiledFieldTests {
  private let bill: CompiledSchema

  init() throws {
    bill = try CompiledSchema(json: Schemas.bill, resolving: Schemas.document(named:))
  }

  private func fault(_ path: String, _ text: String) throws -> FieldFault? {
    try #require(bill.field(path), "\(path)").check(text)
  }

  @Test(arguments: [
    ("external_reference", "INV-2025_1"), ("external_reference", "b"), ("external_reference", "bill-1"),
    ("external_reference", "billX_1"),
    ("currency", "ZAR"), ("currency", "XYZ"), ("amount_due", "1"), ("amount_due", "99999999"),
    ("bill_date", "2024-02-29"),
    ("customer", "bcus_aZ9"), ("account", "bacc_1"), ("account.customer", "bcus_1"),
    ("account.customer.phone", "+27821234567"),
    ("account.customer.email", "a.b+c@d.co.za"), ("customer.balance", "-5000"),
    ("account.balance", "9007199254740991"),
    ("customer.name", "Zoë \"Ace\" O'Neil"), ("metadata.period", "2025-01"),
  ])
  func `what the API takes is taken`(path: String, text: String) throws {
    #expect(try fault(path, text) == nil)
  }

  @Test(arguments: [
    ("external_reference", "INV/1", FieldFault.pattern(index: 0)),
    ("external_reference", "bill_1", .excluded(index: 0)),
    ("account.external_reference", "bacc_", .excluded(index: 0)),
    ("account.customer.external_reference", "é", .pattern(index: 0)),
    ("currency", "zar", .pattern(index: 0)), ("amount_due", "0", .belowMinimum(1)),
    ("amount_due", "-1", .belowMinimum(1)),
    ("amount_due", "100000000", .aboveMaximum(99_999_999)), ("amount_due", "abc", .integer(.notANumber)),
    ("amount_due", "1.5", .integer(.fraction)), ("amount_due", "05", .integer(.leadingZeros)),
    ("amount_due", "99999999999999999999", .aboveMaximum(99_999_999)),
    ("customer.balance", "9223372036854775808", .aboveMaximum(9_007_199_254_740_991)),
    ("bill_date", "2025-02-30", .dateImpossible), ("due_date", "20/02/2025", .dateFormat),
    ("customer", "CUST-1", .pattern(index: 0)),
    ("account", "bcus_1", .pattern(index: 0)), ("account.customer", "CUST-1", .pattern(index: 0)),
    ("customer.phone", "0821234567", .pattern(index: 0)),
    ("customer.email", "a.b.c", .email(.noAt)),
  ])
  func `what the API doesn't take is refused with the rule that it breaks`(
    path: String, text: String, expected: FieldFault
  ) throws {
    #expect(try fault(path, text) == expected)
  }

  @Test func `lengths are counted in characters, not bytes`() throws {
    let name = String(repeating: "é", count: 255)
    #expect(try fault("customer.name", name) == nil)
    #expect(try fault("customer.name", name + "é") == .tooLong(length: 256, maximum: 255))
    #expect(try fault("metadata.k", String(repeating: "x", count: 501)) == .tooLong(length: 501, maximum: 500))
    #expect(try fault("external_reference", String(repeating: "x", count: 255)) == nil)
    #expect(try fault("external_reference", String(repeating: "x", count: 256)) == .tooLong(length: 256, maximum: 255))
    let key = try #require(bill.keys(of: "metadata"))
    #expect(key.check(String(repeating: "k", count: 41)) == .tooLong(length: 41, maximum: 40) && key.check("k") == nil)
  }

  @Test func `columns side by side judge as their fields do`() throws {
    let fields = try ["amount_due", "currency", "due_date"].map { try #require(bill.field($0)) }
    let columns = CompiledColumns(fields)
    for text in ["5", "0", "ZAR", "2025-02-30", "2025-02-28", ""] {
      for (index, field) in fields.enumerated() {
        let fault = Array(text.utf8).withUnsafeBufferPointer { columns.check(index, $0) }
        #expect(fault == field.check(text), "\(field.path) on \(text)")
      }
    }
  }

  @Test func `a field tells its rule`() throws {
    let amount = try #require(bill.field("amount_due")).rule
    #expect(
      amount.kind == .integer && amount.minimum == 1 && amount.maximum == 99_999_999 && amount.title == "Amount due")
    let reference = try #require(bill.field("account.external_reference")).rule
    #expect(reference.kind == .string && reference.maxLength == 255 && reference.title == "Account's reference")
    #expect(reference.patterns.map(\.source) == ["^[a-zA-Z0-9_-]+$"])
    #expect(reference.exclusions.first?.source == "^(bcus_|bacc_|bill_)" && reference.exclusions.first?.note != nil)
    #expect(reference.examples == ["ACC-00000117"])
    #expect(try #require(bill.field("bill_date")).rule.format == "date")
    #expect(try #require(bill.field("account.customer")).rule.alternatives.isEmpty)
  }

  @Test func `a changed schema changes the verdicts`() throws {
    let changed = try CompiledSchema(
      json: Self.replacing(
        Schemas.bill, ["\"maximum\": 99999999": "\"maximum\": 500", "\"format\": \"date\"": "\"enum\": [\"today\"]"])
    ) { name in
      Schemas.document(named: name).map {
        Self.replacing($0, ["^[a-zA-Z0-9_-]+$": "^X[0-9]{4}$", "\"^[A-Z]{3}$\"": "\"^(ZAR|USD)$\""])
      }
    }
    func fault(_ path: String, _ text: String) throws -> FieldFault? { try #require(changed.field(path)).check(text) }
    #expect(try fault("amount_due", "501") == .aboveMaximum(500) && fault("amount_due", "500") == nil)
    #expect(
      try fault("external_reference", "INV-1") == .pattern(index: 0) && fault("external_reference", "X0001") == nil)
    #expect(try fault("currency", "EUR") == .pattern(index: 0) && fault("account.currency", "USD") == nil)
    #expect(try fault("due_date", "2025-01-01") == .notAChoice && fault("due_date", "today") == nil)
    #expect(try #require(changed.field("due_date")).rule.choices == ["today"])
  }

  @Test func `a merchant's own rules take away and never add`() throws {
    let overlay = try CompiledSchema(
      json: Array(
        #"""
        {"properties": {"amount_due": {"minimum": 0, "maximum": 1000}, "external_reference": {"pattern": "^INV-"},
         "currency": {"enum": ["ZAR", "EURO"]}, "customer": {"properties": {"name": {"minLength": 3}}},
         "metadata": {"properties": {"period": {"pattern": "^\\d{4}-\\d{2}$"}}}}}
        """#.utf8))
    let both = bill.tightened(by: overlay)
    func fault(_ path: String, _ text: String) throws -> FieldFault? { try #require(both.field(path)).check(text) }
    #expect(try fault("amount_due", "0") == .belowMinimum(1) && fault("amount_due", "1001") == .aboveMaximum(1000))
    #expect(
      try fault("external_reference", "INV/1") == .pattern(index: 0)
        && fault("external_reference", "X1") == .pattern(index: 1))
    #expect(
      try fault("currency", "USD") == .notAChoice && fault("currency", "EURO") == .pattern(index: 0)
        && fault("currency", "ZAR") == nil)
    #expect(try fault("customer.name", "ab") == .tooShort(length: 2, minimum: 3))
    #expect(try fault("metadata.period", "2025") == .pattern(index: 0) && fault("metadata.other", "2025") == nil)
    #expect(both.leafPaths.filter { $0 != "metadata.period" } == bill.leafPaths)
  }

  @Test func `forms, choices and fractions of bounds hold for fields too`() throws {
    let schema = try CompiledSchema(
      json: Array(
        #"""
        {"properties": {
          "either": {"title": "E", "type": "string", "oneOf": [{"title": "A", "pattern": "^a"}, {"title": "Z", "pattern": "z$"}]},
          "any": {"type": "string", "anyOf": [{"pattern": "^a"}, {"pattern": "z$"}]},
          "level": {"enum": [1, 2, "x"], "type": "integer"}, "half": {"type": "integer", "minimum": 0.5, "exclusiveMaximum": 3},
          "mixed": {"type": ["string", "integer"]}, "free": {}, "flag": {"type": "boolean"},
          "kept": {"type": ["string", "null"], "not": {"type": "integer"}, "const": "k"}}}
        """#.utf8))
    func fault(_ path: String, _ text: String) throws -> FieldFault? { try #require(schema.field(path)).check(text) }
    #expect(try fault("either", "ab") == nil && fault("either", "bb") == .alternatives(matching: 0))
    #expect(try fault("either", "az") == .alternatives(matching: 2) && fault("any", "az") == nil)
    #expect(try #require(schema.field("either")).rule.alternatives == ["A", "Z"])
    #expect(
      try fault("level", "2") == nil && fault("level", "3") == .notAChoice
        && fault("level", "x") == .integer(.notANumber))
    #expect(try fault("half", "0") == .belowMinimum(1) && fault("half", "3") == .aboveMaximum(2))
    #expect(try fault("kept", "k") == nil && fault("kept", "l") == .notAChoice)
    #expect(schema.leafPaths == ["either", "any", "level", "half", "kept"])
  }

  static func replacing(_ json: [UInt8], _ replacements: [String: String]) -> [UInt8] {
    var text = String(decoding: json, as: UTF8.self)
    for (old, new) in replacements {
      text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    return Array(text.utf8)
  }
}
