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
    #expect(lanes.leave(1).map(\.record) == [2])
    #expect(lanes.leave(4).isEmpty)
    #expect(lanes.leave(2).map(\.record) == [3])
    #expect(lanes.leave(3).isEmpty)
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
    #expect(lanes.leave(1).isEmpty)
  }

  @Test func `a row that is under way already holds its lane`() {
    var lanes = Lanes()
    lanes.hold(1, lane: "B")
    lanes.hold(9, lane: "B")
    #expect(lanes.enter(Self.row(2), lane: "B") == false)
    #expect(lanes.leave(9).isEmpty)
    #expect(lanes.leave(1).map(\.record) == [2])
  }

  @Test func `a row waits for those before it about what its object belongs to, and they for it`() {
    var lanes = Lanes()
    lanes.hold(9, lane: "B-R3", under: ["B"])
    #expect(lanes.enter(Self.row(1), lane: "B-R1", under: ["B"]) == true)
    #expect(lanes.enter(Self.row(2), lane: "B-R2", under: ["B"]) == true)
    #expect(lanes.enter(Self.row(3), lane: "B") == false)
    #expect(lanes.enter(Self.row(4), lane: "B-R1", under: ["B"]) == false)
    #expect(lanes.enter(Self.row(5), lane: "B-R2-R1", under: ["B-R2", "B"]) == false)
    #expect(lanes.enter(Self.row(6), lane: "C-R1", under: ["C"]) == true)
    #expect(lanes.leave(1).isEmpty && lanes.leave(9).isEmpty)
    #expect(lanes.leave(2).map(\.record) == [3])
    #expect(lanes.enter(Self.row(7), lane: "B") == false)
    #expect(lanes.leave(3).map(\.record) == [4, 5])
    #expect(lanes.leave(5).isEmpty)
    #expect(lanes.leave(4).map(\.record) == [7])
    #expect(lanes.leave(7).isEmpty && lanes.waitingRows == 0)
    #expect(lanes.enter(Self.row(8), lane: "B") == true)
  }

  @Test func `behind a row without an end nobody goes who waits for one that waits for it, and others do`() {
    var lanes = Lanes()
    _ = lanes.enter(Self.row(1), lane: "B-R1", under: ["B"])
    _ = lanes.enter(Self.row(2), lane: "B-R2", under: ["B"])
    for record in 3...4 { _ = lanes.enter(Self.row(record), lane: "B") }
    _ = lanes.enter(Self.row(5), lane: "B-R1", under: ["B"])
    #expect(lanes.close(1).map(\.record) == [3, 4, 5])
    #expect(lanes.leave(2).isEmpty && lanes.waitingRows == 0)
    #expect(lanes.enter(Self.row(6), lane: "B") == true)
  }
}
