import BillModel
import Testing

@testable import BillPlanning

@Suite struct LanesTests {
  private static func row(_ record: Int) -> PlannableRow {
    let payment = Payment(
      bill: "B", currency: CurrencyCode("ZAR")!, amount: 1, meaning: .added(reference: "P\(record)"))
    return PlannableRow(record: record, operation: .pay(payment), byteCount: 10)
  }

  @Test func `rows of one lane go one after the other in the file's order, those of others beside them`() {
    var lanes = Lanes()
    #expect(lanes.enter(Self.row(1), lane: "B") == true)
    let entered = [2, 3].map { lanes.enter(Self.row($0), lane: "B") }
    #expect(entered == [false, false])
    #expect(lanes.enter(Self.row(4), lane: "C") == true)
    #expect(lanes.waitingRows == 2)
    #expect(lanes.leave(1)?.record == 2)
    #expect(lanes.leave(4) == nil)
    #expect(lanes.leave(2)?.record == 3)
    #expect(lanes.leave(3) == nil)
    #expect(lanes.enter(Self.row(5), lane: "B") == true)
    #expect(lanes.waitingRows == 0)
  }

  @Test func `behind a row without an end nobody goes`() {
    var lanes = Lanes(bounds: WaitingBounds(rows: 2, bytes: 1_000))
    _ = lanes.enter(Self.row(1), lane: "B")
    for record in 2...3 { _ = lanes.enter(Self.row(record), lane: "B") }
    #expect(lanes.isFull)
    #expect(lanes.close(1).map(\.record) == [2, 3])
    #expect(!lanes.isFull)
    #expect(lanes.leave(1) == nil)
  }

  @Test func `a row that is under way already holds its lane`() {
    var lanes = Lanes()
    lanes.hold(1, lane: "B")
    lanes.hold(9, lane: "B")
    #expect(lanes.enter(Self.row(2), lane: "B") == false)
    #expect(lanes.leave(9) == nil)
    #expect(lanes.leave(1)?.record == 2)
  }
}
