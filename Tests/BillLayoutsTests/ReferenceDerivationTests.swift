import BillModel
import Hashing
import Testing

@testable import BillLayouts

@Suite struct ReferenceDerivationTests {
  private func layout(
    _ reference: String, more: String = "", keys: [String: String] = ["K": "k", "L": "l"]
  ) throws -> Layout {
    let text = """
      {
        "name": "daily", "format": "csv", \(more)
        "fields": {
          "external_reference": \(reference), "currency": { "constant": "ZAR" }, "amount_due": "amount",
          "customer.external_reference": { "column": "customer", "steps": [{ "hmac": { "key_env": "L" } }] }
        }
      }
      """
    return try Layout(json: Array(text.utf8)) { name in
      keys[name].map { Array(String(repeating: $0, count: 32).utf8) }
    }
  }

  private let joined = #"{ "join": ["customer", { "column": "due", "steps": ["trim"] }], "with": "-" }"#

  @Test(arguments: [
    #""InvNo""#, #"{ "column": "InvNo" }"#, #"{ "column": "InvNo", "steps": [] }"#, #"{ "column": 3 }"#,
  ])
  func `a column as it stands is no derivation`(reference: String) throws {
    #expect(try layout(reference).referenceRule == nil)
  }

  @Test func `headings that are field paths are no derivation`() throws {
    #expect(Layout.standard().referenceRule == nil)
    let text = #"{ "name": "plain", "format": "csv", "compression": "gzip" }"#
    #expect(try Layout(json: Array(text.utf8)).referenceRule == nil)
  }

  @Test func `the same rule is the same in other words, and whatever else the layout says`() throws {
    let rule = try #require(try layout(joined).referenceRule)
    let same =
      #"{ "with": "-", "join": [{ "column": "customer", "steps": [] }, { "steps": ["trim"], "column": "due" }] }"#
    #expect(try layout(same).referenceRule == rule)
    let more = #""encoding": "UTF-8", "csv": { "delimiter": ";", "quote": "\"" }, "columns": { "area": 7 },"#
    #expect(try layout(joined, more: more).referenceRule == rule)
    #expect(try layout(joined, keys: ["L": "m"]).referenceRule == rule, "the customer's key is none of it")
    var first = try layout(joined)
    first.duplicates = .first
    #expect(first.referenceRule == rule)
  }

  @Test(arguments: [
    (#"{ "join": ["customer", { "column": "due", "steps": ["trim"] }], "with": "+" }"#, ""),
    (#"{ "join": [{ "column": "due", "steps": ["trim"] }, "customer"], "with": "-" }"#, ""),
    (#"{ "join": ["customer", { "column": "due", "steps": ["trim", "upper"] }], "with": "-" }"#, ""),
    (#"{ "join": ["customer", { "column": "due", "steps": ["trim"] }], "with": "-" }"#, #""columns": { "due": 4 },"#),
    (
      #"{ "join": ["customer", { "column": "due", "steps": ["trim"] }], "with": "-" }"#,
      #""encoding": "windows-1252","#
    ),
    (#"{ "join": ["customer", { "column": "due", "steps": ["trim"] }], "with": "-" }"#, #""csv": { "quote": "'" },"#),
    (#"{ "column": "due", "steps": ["trim"] }"#, ""),
  ])
  func `another recipe, place or reading is another rule`(reference: String, more: String) throws {
    let rule = try #require(try layout(joined).referenceRule)
    let other = try #require(try layout(reference, more: more).referenceRule)
    #expect(other.digest != rule.digest && other.text != rule.text)
  }

  @Test func `another key is another rule of the same text, which says nothing of the key`() throws {
    let keyed = #"{ "column": "id", "steps": [{ "hmac": { "key_env": "K" } }] }"#
    let rule = try #require(try layout(keyed).referenceRule)
    #expect(try layout(keyed).referenceRule == rule)
    let other = try #require(try layout(keyed, keys: ["K": "x", "L": "l"]).referenceRule)
    #expect(other.digest != rule.digest && other.text == rule.text)
    #expect(!rule.text.contains("kkk") && !other.text.contains("xxx"))
  }

  @Test func `places of header, parent and fixed columns are part of the rule`() throws {
    func rule(parent: Int, detail: Int, unit: String = "characters") throws -> String {
      let text = """
        {
          "name": "batch", "format": "fixed-width", "fixed_width": { "unit": "\(unit)" },
          "records": {
            "by": { "start": 1, "length": 1 }, "detail": "D",
            "parent": { "value": "P", "columns": { "number": { "start": \(parent), "length": 4 } } }
          },
          "columns": { "day": { "start": \(detail), "length": 8 }, "amount": { "start": 40, "length": 8 } },
          "fields": {
            "external_reference": { "join": [{ "parent": "number" }, "day"] },
            "currency": { "constant": "ZAR" }, "amount_due": "amount",
            "customer.external_reference": { "parent": "number" }
          }
        }
        """
      return try #require(try Layout(json: Array(text.utf8)).referenceRule).text
    }
    let texts = [
      try rule(parent: 2, detail: 2), try rule(parent: 3, detail: 2), try rule(parent: 2, detail: 3),
      try rule(parent: 2, detail: 2, unit: "bytes"),
    ]
    #expect(Set(texts).count == texts.count)
    #expect(try rule(parent: 2, detail: 2) == texts[0])
  }

  @Test func `rule 24: of texts to replace that begin alike the order is part of the rule, and of the layout`() throws {
    func layout(_ pairs: String) throws -> Layout {
      try self.layout(#"{ "column": "number", "steps": [{ "replace": { \#(pairs) } }] }"#)
    }
    let shorter = try layout(#""A": "1", "AB": "2", "Z": "3""#)
    let longer = try layout(#""AB": "2", "A": "1", "Z": "3""#)
    #expect(shorter.referenceRule?.digest != longer.referenceRule?.digest)
    #expect(shorter.digest != longer.digest)
    for same in [#""Z": "3", "A": "1", "AB": "2""#, #""A": "1", "Z": "3", "AB": "2""#] {
      #expect(try layout(same).referenceRule == shorter.referenceRule && layout(same).digest == shorter.digest)
    }
    let canonical = try #require(longer.canonical)
    let again = try Layout(json: Array(#"{"name":"again",\#(canonical.dropFirst())"#.utf8))
    #expect(again.canonical == canonical)
  }

  @Test func `rule 24: what ledgers knew a layout and its rule by before that order was kept is known of either order`()
    throws
  {
    func layout(_ pairs: String) throws -> Layout {
      try self.layout(#"{ "column": "number", "steps": [{ "replace": { \#(pairs) } }] }"#)
    }
    let shorter = try layout(#""A": "1", "AB": "2", "Z": "3""#)
    let longer = try layout(#""AB": "2", "A": "1", "Z": "3""#)
    let hasher = SHA256Hasher()
    let sorted = try #require(shorter.canonical)
    for part in ["billdrop layout 1", "columns", sorted, "duplicates", "reject", "keys", longer.keys.fingerprint] {
      hasher.updateLengthPrefixed(part)
    }
    let before = hasher.finish()
    #expect(shorter.earlierDigest == before && longer.earlierDigest == before)
    #expect(Set([before, shorter.digest, longer.digest]).count == 3)
    let rules = try [#require(shorter.referenceRule), #require(longer.referenceRule)]
    #expect(rules[0].earlier != nil && rules[0].earlier == rules[1].earlier)
    #expect(Set([rules[0].earlier, rules[0].digest, rules[1].digest]).count == 3)
    let other = try layout(#""A": "1", "B": "2""#)
    #expect(other.earlierDigest == nil && other.referenceRule?.earlier == nil)
  }

  // MARK: Payments

  private func payments(
    _ reference: String, bill: String = #""bill""#, operation: String = "payment-added"
  ) throws -> Layout {
    let text = """
      {
        "name": "paid", "format": "csv", "operation": "\(operation)",
        "fields": {
          \(operation == "mixed" ? #""operation": "kind","# : "")
          "external_reference": \(bill), "currency": { "constant": "ZAR" }, "payment_amount": "amount",
          "payment_reference": \(reference)
        }
      }
      """
    return try Layout(json: Array(text.utf8))
  }

  @Test func `rule 24: the reference of a payment that is added has a rule as well`() throws {
    let made = #"{ "join": ["bill", "day"], "with": "-" }"#
    let other = made.replacing("\"-\"", with: "\"_\"")
    let rule = try #require(try payments(made).referenceRule)
    #expect(rule.text == #"{"payment_reference":{"recipe":{"join":[{"column":"bill"},{"column":"day"}],"with":"-"}}}"#)
    #expect(rule.withoutPayments == nil)
    #expect(try payments(other).referenceRule?.digest != rule.digest)
    #expect(try payments(made, operation: "mixed").referenceRule == rule)
    #expect(try payments(#""number""#).referenceRule == nil)
    let bill = #"{ "column": "bill", "steps": ["upper"] }"#
    let bills = try #require(try payments(#""number""#, bill: bill).referenceRule)
    let both = try #require(try payments(made, bill: bill).referenceRule)
    #expect(both.withoutPayments == bills.digest && both.digest != rule.digest)
    #expect(both.text.hasPrefix(#"{"external_reference":\#(bills.text),"payment_reference":"#))
    #expect(try payments(made).referenceText == nil && payments(made).paymentReferenceText != nil)
  }

  @Test func `rules of payments know what was kept of bills before the order of texts was`() throws {
    func bill(_ pairs: String) -> String { #"{ "column": "bill", "steps": [{ "replace": { \#(pairs) } }] }"# }
    let made = #"{ "join": ["bill", "day"], "with": "-" }"#
    let longer = bill(#""AB": "2", "A": "1""#)
    let bills = try #require(try payments(#""number""#, bill: longer).referenceRule)
    let both = try #require(try payments(made, bill: longer).referenceRule)
    #expect(both.withoutPayments == bills.digest && both.earlierWithoutPayments == bills.earlier)
    #expect(bills.earlier != nil && both.earlier == nil, "its order was kept as long as rules of payments are")
    let shorter = try #require(try payments(made, bill: bill(#""A": "1", "AB": "2""#)).referenceRule)
    #expect(shorter.earlier != nil && shorter.earlier != shorter.digest)
  }
}
