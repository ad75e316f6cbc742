import BillIntake
import Testing

/// Values that a record ends within.
@Suite struct CutValueTests {
  private static func layout(_ columns: String, _ form: String = "", _ more: String = "") -> String {
    """
    { "name": "x", "format": "fixed-width", "fixed_width": { \(form) }, \(more)
      "columns": { \(columns) },
      "fields": {
        "external_reference": "ref", "currency": { "constant": "ZAR" },
        "amount_due": { "column": "amount", "steps": [{ "amount": { "implied_decimals": 2 } }] },
        "customer.external_reference": "ref" } }
    """
  }

  private func read(_ text: String, _ layout: String) throws -> MappedFile.Outcome {
    try MappedFile(Array(text.utf8), layout).read()
  }

  @Test func `a zoned number that a record ends within is no other number`() throws {
    let layout = Self.layout(
      #""ref": { "start": 2, "length": 3 }, "amount": { "start": 5, "length": 6, "type": "zoned" }, "#
        + #""day": { "start": 11, "length": 2 }"#, #""unit": "bytes""#,
      #""records": { "by": { "start": 1, "length": 1 }, "detail": "D" },"#)
    let outcome = try read("DR-100123{02\nDR-200001\nDR-301234E\nDR-401234E0\n", layout)
    #expect(outcome.bills.map { $0.prefix(3) } == ["1:1", "3:3", "4:4"], "\(outcome.bills)")
    #expect(outcome.findings.contains("2:2 field.conversion amount"), "\(outcome.findings)")
    #expect(outcome.messages.contains("The record ends within amount: 5 of 6 places are there."))
  }

  @Test(arguments: ["", #""records": { "by": { "start": 1, "length": 1 }, "detail": "D" },"#])
  func `a text at the right of its place neither, and one at the left may be cut`(records: String) throws {
    let right = #""ref": { "start": 2, "length": 3 }, "amount": { "start": 5, "length": 10, "align": "right" }"#
    // Enough of them to be cut together, and some of the last.
    let whole = (100..<200).map { "D\($0)0000012345\n" }.joined()
    let cut = "D2010000012\nD2020000012345\nD203     12345\nD204\n"
    let outcome = try read(whole + cut + whole.replacing("D1", with: "D3"), Self.layout(right, "", records))
    #expect(outcome.bills.count == 202)
    #expect(outcome.findings == ["101:101 field.conversion amount", "104:104 amount.required amount"])
    let left = #""ref": { "start": 12, "length": 9 }, "amount": { "start": 2, "length": 10, "align": "right" }"#
    let short = try read("D0000012345A1\nD0000012345A2       \nD00000123\n", Self.layout(left, "", records))
    #expect(short.bills.count == 2)
    #expect(short.findings.contains("3:3 field.conversion amount"), "\(short.findings)")
  }

  @Test func `places are counted as the layout counts them`() throws {
    let columns =
      #""amount": { "start": 1, "length": 5 }, "ref": { "start": 6, "length": 2 }, "#
      + #""name": { "start": 8, "length": 4, "align": "right" }"#
    func bills(_ names: [String], _ form: String) throws -> [Substring] {
      let text = names.enumerated().map { "12345R\($0)\($1)\n" }.joined()
      let layout = Self.layout(columns, form).replacing(#""currency":"#, with: #""customer.name": "name", "currency":"#)
      let outcome = try read(text, layout)
      #expect(outcome.findings.allSatisfy { $0.contains("field.conversion name") }, "\(outcome.findings)")
      return outcome.bills.map { $0.prefix { $0 != ":" } }
    }
    #expect(try bills(["éééé", "ééé", "abcd", "abc", " abé", "abéé"], "") == ["1", "3", "5", "6"])
    #expect(try bills(["éé", "é", "éab", "abc", "éa"], #""unit": "bytes""#) == ["1", "3"])
  }
}
