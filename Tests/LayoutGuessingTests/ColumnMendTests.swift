import BillModel
import Testing

@testable import LayoutGuessing

@Suite struct ColumnMendTests {
  private func mend(_ values: String...) -> ColumnMend? {
    var wrong = WrongValues(.amountFormat)
    for value in values where !wrong.add(value) { return nil }
    return wrong.mend(path: "amount_due", heading: "amount_due", count: values.count, isTrimmed: false)
  }

  @Test func `only where all values have a decimal mark it is said of all`() throws {
    let all = try #require(mend("240.00", "12.50"))
    #expect(all.message.hasPrefix("In all 2 values of amount_due stands a decimal point, as in 240.00, "))
    let some = try #require(mend("1 200", "240.00", "12.50"))
    #expect(some.message.hasPrefix("In values of amount_due stands a decimal point, as in 240.00, "))
    #expect(some.line.contains("\"steps\": [{ \"amount\": { \"group\": \" \" } }]"))
    #expect(mend("240.00", "1200") == nil)
  }
}
