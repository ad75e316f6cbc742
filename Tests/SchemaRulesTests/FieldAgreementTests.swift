import Schemas
import SeededRandoms
import Testing

@testable import SchemaRules

/// A cell of a file and a value of a body go through different code; the schema is one.
@Suite struct FieldAgreementTests {
  private static let pieces = [
    "a", "Z", "9", "0", "-", "_", "+", ".", "@", " ", "é", "😀", "bcus_", "bacc_", "bill_", "ZAR", "+27", "2025-02-",
    "28", "30",
    "x.co", String(repeating: "n", count: 250), "99999999",
  ]

  private func value(of text: String, _ kind: FieldRule.Kind) -> JSONValue {
    let number = Array(text.utf8).withUnsafeBufferPointer { IntegerText.parse($0) }
    return kind == .integer ? number.map { .integer($0) } ?? .string(text) : .string(text)
  }

  /// The value at its path, and nothing else.
  private func object(_ path: [String], _ value: JSONValue) -> JSONValue {
    path.reversed().reduce(value) { inner, key in
      var object = JSONObject()
      object[key] = inner
      return .object(object)
    }
  }

  @Test func `a cell and a value are judged alike`() throws {
    let seed = UInt64.random(in: 1...UInt64.max)
    var random = SeededRandom(seed: seed)
    let bill = try CompiledSchema(json: Schemas.bill, resolving: Schemas.document(named:))
    var taken = 0
    for leaf in bill.leafPaths {
      let path = leaf.split(separator: ".").map { $0 == "*" ? "key" : String($0) }
      let field = try #require(bill.field(path.joined(separator: ".")))
      for _ in 0..<200 {
        let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          Self.pieces.randomElement(using: &random) ?? ""
        }.joined()
        let violations = bill.validate(object(path, value(of: text, field.rule.kind)))
        let isValid = !violations.contains { $0.pointer == "/" + path.joined(separator: "/") }
        #expect((field.check(text) == nil) == isValid, "\(leaf) on \(text), seed \(seed)")
        taken += isValid ? 1 : 0
      }
    }
    #expect(taken > 100, "seed \(seed)")
  }
}
