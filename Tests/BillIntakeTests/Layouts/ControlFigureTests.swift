import BillModel
import Testing

@testable import BillIntake

/// What a file says of itself, and what its bills come to.
@Suite struct ControlFigureTests {
  private static func layout(_ columns: String, _ trailer: String, _ fields: String, _ control: String) -> String {
    """
    { "name": "x", "format": "csv", "csv": { "delimiter": "|", "heading": false },
      "records": { "by": 1, "detail": ["B", "V"], "trailer": { "value": "T", "columns": { \(trailer) } } },
      "columns": { \(columns) }, "fields": { "external_reference": { "column": 2 }, \(fields) },
      "control": { \(control) } }
    """
  }

  private func read(_ text: String, _ layout: String) throws -> MappedFile.Outcome {
    try MappedFile(Array(text.utf8), layout).read()
  }

  private static let parties = #""customer.external_reference": { "column": 4 }"#

  /// Amounts with two decimals implied, and the currency of each.
  private static let implied = layout(
    "", #""sum": 2"#,
    #""currency": { "column": 5 }, "amount_due": { "column": 3, "steps": [{ "amount": { "implied_decimals": 2 } }] }, "#
      + parties, #""sums": [{ "of": "amount_due", "trailer": "sum" }]"#)

  private static let counted = layout(
    "", #""count": 2"#,
    #""currency": { "constant": "ZAR" }, "amount_due": { "column": 3 }, "# + parties,
    #""count": { "trailer": "count" }"#)

  @Test(arguments: ["", "Z|page 2||", "Z|page 2||\n\nZ|page 3||"])
  func `a record that is no bill is not counted for one that is missing`(other: String) throws {
    let text = "B|A1|100|C1\n\(other)\nB|A2|100|C2\n"
    let lost = try read(text + "T|3\n", Self.counted)
    #expect(lost.bills.isEmpty && lost.findings.first == "0:0 file.control-count", "\(lost.findings)")
    let whole = try read(text + "T|2\n", Self.counted)
    #expect(whole.bills.count == 2 && !whole.findings.contains { $0.hasPrefix("0:") }, "\(whole.findings)")
  }

  @Test(arguments: ["B|A2|100", "B|A2|100|C2|more"])
  func `a bill of too few or too many fields is a bill of those that a file counts`(damaged: String) throws {
    let outcome = try read("B|A1|100|C1\n\(damaged)\nB|A3|100|C3\nT|3\n", Self.counted)
    #expect(outcome.bills.count == 2 && !outcome.findings.contains { $0.hasPrefix("0:") }, "\(outcome.findings)")
  }

  @Test(arguments: [
    ("", "has 3 bills, and it has 2."),
    ("Z|1||\n", "has 3 bills, and it has 2, and 1 record of no kind that the layout knows."),
    ("Z|1||\nZ|2||\n", "has 3 bills, and it has 2, and 2 records of no kind that the layout knows."),
  ])
  func `a count that differs says what else is there`(others: String, words: String) throws {
    let outcome = try read("B|A1|100|C1\nB|A2|100|C2\n\(others)\nT|3\n", Self.counted)
    #expect(outcome.messages.first == "The file says that it \(words)", "\(outcome.messages)")
  }

  @Test(arguments: [true, false]) func `an empty line is no bill of a file of one kind`(isFixed: Bool) throws {
    let form =
      isFixed
      ? #""fixed-width", "columns": { "r": { "start": 1, "length": 2 }, "a": { "start": 3, "length": 3 } }"#
      : #""csv", "csv": { "heading": false, "columns": 2 }, "columns": { "r": 1, "a": 2 }"#
    let layout = """
      { "name": "x", "format": \(form), "file_name": "(?<count>[0-9]+)", "fields": { "external_reference": "r",
        "amount_due": "a", "currency": { "constant": "ZAR" }, "customer.external_reference": { "constant": "C" } },
        "control": { "count": { "file_name": "count" } } }
      """
    let mark = isFixed ? "" : ","
    var file = try MappedFile(Array("A1\(mark)100\n\nA2\(mark)200\n".utf8), layout)
    file.name = "3"
    #expect(try file.read().findings.first == "0:0 file.control-count")
    file.name = "2"
    #expect(try file.read().bills.count == 2)
    // The mark at the end of a text of DOS, with a line end and without.
    for end in ["\u{1A}", "\u{1A}\r\n"] {
      var file = try MappedFile(Array("A1\(mark)100\r\nA2\(mark)200\r\n\(end)".utf8), layout)
      file.name = "2"
      #expect(try file.read().bills.count == 2)
    }
  }

  @Test func `an amount that could not be made is no amount`() throws {
    let rows = "B|A1|24050|C1|JPY\nB|A2|24000|C1|JPY\n"
    let file = try MappedFile(Array((rows + "T|240\n").utf8), Self.implied)
    let intake = try Intake(layout: file.layout, options: file.options)
    let check = try intake.check(.memory(file.bytes, name: "m"), temporaryFolder: "/tmp")
    let yen = try #require(CurrencyCode("JPY"))
    #expect(check.money[yen].read == 240 && check.money[yen].valid == 240 && check.money.unread == 1)
    #expect(check.fileFinding?.message.hasSuffix("it comes to 240; 1 bill has none that can be read.") == true)
    var cursor = intake.rows(check)
    let money = try cursor.next(limit: 9).map { row -> Int64? in
      if case .rejected(let row) = row { row.money?.amount } else { 240 }
    }
    #expect(money == [nil, 240])
    // What stands in its place is in no sum.
    #expect(try read(rows + "T|24290\n", Self.implied).bills.isEmpty)
  }

  @Test func `an amount without a currency passes no sum by what stands in its place`() throws {
    let outcome = try read("B|A1|24050|C1|QQQ\nB|A2|24000|C1|ZAR\nT|48050\n", Self.implied)
    let words = "it comes to 24000; 1 bill has no currency, and so no amount that can be read."
    #expect(outcome.messages.first?.hasSuffix(words) == true, "\(outcome.messages)")
  }

  @Test func `a bill that may leave an amount empty adds nothing to its sum`() throws {
    let layout = Self.layout(
      "", #""due": 2, "paid": 3"#,
      #""currency": { "constant": "ZAR" }, "amount_due": { "column": 3 }, "amount_paid": { "column": 4 }, "#
        + #""customer.external_reference": { "column": 5 }"#,
      #""sums": [{ "of": "amount_due", "trailer": "due" }, { "of": "amount_paid", "trailer": "paid" }]"#)
    let outcome = try read("B|A1|1000|400|C1\nB|A2|500||C1\nT|1500|400\n", layout)
    #expect(outcome.findings.isEmpty && outcome.rows == 2, "\(outcome.messages)")
    let needed = try read("B|A1|1000|400|C1\nB|A2|||C1\nT|1000|400\n", layout)
    #expect(needed.findings.first == "0:0 file.control-sum", "\(needed.findings)")
  }

  @Test func `an optional amount that could not be made is not one that was left empty`() throws {
    let layout = Self.layout(
      "", #""paid": 2"#,
      #""currency": { "constant": "ZAR" }, "amount_due": { "column": 3 }, "amount_paid": { "first": "#
        + #"[{ "column": 4 }, { "column": 6, "steps": ["amount"] }] }, "customer.external_reference": { "column": 5 }"#,
      #""sums": [{ "of": "amount_paid", "trailer": "paid" }]"#)
    let outcome = try read("B|A1|1000|400|C1|\nB|A2|500||C1|x\nT|400\n", layout)
    #expect(outcome.findings.contains("0:0 file.control-sum"), "\(outcome.findings)")
    #expect(try read("B|A1|1000|400|C1|\nB|A2|500||C1|1.00\nT|500\n", layout).findings.isEmpty)
  }

  @Test func `of several operations only those that need an amount have one in the sum`() throws {
    let layout = Self.layout(
      "", #""sum": 2"#,
      #""operation": { "column": 1, "steps": [{ "map": { "B": "bill", "V": "void" } }] }, "#
        + #""currency": { "constant": "ZAR" }, "amount_due": { "column": 3 }, "# + Self.parties,
      #""sums": [{ "of": "amount_due", "trailer": "sum" }]"#
    ).replacing(#""format""#, with: #""operation": "mixed", "confirm_void": true, "format""#)
    let outcome = try read("B|A1|1000|C1\nV|A0||\nT|1000\n", layout)
    #expect(outcome.findings.isEmpty && outcome.rows == 2, "\(outcome.findings) \(outcome.messages)")
    let bill = try read("B|A1|1000|C1\nB|A0||C1\nT|1000\n", layout)
    #expect(bill.findings.first == "0:0 file.control-sum", "\(bill.findings)")
  }

  @Test(arguments: [
    ("600000000000000001", "600000000000000002", "1200000000000000003"),
    ("99999999999999999999", "1", "0100000000000000000000"),
    ("9999999999999999999999999999999999999", "1", "0"),
    ("12a34567890123456789012", "no digits", "1234567890123456789012"),
  ])
  func `a hash total is exact, however many digits its numbers have`(one: String, other: String, sum: String) throws {
    let fields = #""currency": { "constant": "ZAR" }, "amount_due": { "column": 3 }, "# + Self.parties
    let layout = Self.layout(
      #""number": 5"#, #""hash": 2"#, fields, #""hash_totals": [{ "of": "number", "trailer": "hash" }]"#)
    let rows = "B|A1|100|C1|\(one)\nB|A2|100|C2|\(other)\n"
    #expect(try read(rows + "T|\(sum)\n", layout).findings.isEmpty)
    #expect(try read(rows + "T|\(sum)1\n", layout).findings == ["0:0 file.control-hash"])
    let last = layout.replacing(#""trailer": "hash" }"#, with: #""trailer": "hash", "digits": 4 }"#)
    #expect(try read(rows + "T|\(sum.suffix(4))\n", last).findings.isEmpty)
  }

  @Test(arguments: [
    ("9999999999999999999999999999999999999", "10000000000000000000000000000000000001"),
    ("99999999999999999999999999999999999999", "3"),
  ])
  func `a hash total of more digits than are kept is not told as one of fewer`(one: String, other: String) throws {
    let fields = #""currency": { "constant": "ZAR" }, "amount_due": { "column": 3 }, "# + Self.parties
    let layout = Self.layout(
      #""number": 5"#, #""hash": 2"#, fields, #""hash_totals": [{ "of": "number", "trailer": "hash" }]"#)
    let outcome = try read("B|A1|100|C1|\(one)\nB|A2|100|C2|\(other)\nT|100\n", layout)
    #expect(outcome.findings == ["0:0 file.control-hash"])
    let words = "it has more than the 37 digits that are kept"
    #expect(outcome.messages.first?.contains(words) == true, "\(outcome.messages)")
  }
}
