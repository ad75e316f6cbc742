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
}
