import Testing

@testable import SubmitPass

@Suite struct SeenIDsTests {
  @Test func `an id keeps the reference that it was seen with first`() {
    var seen = SeenIDs()
    seen.note("bill_1", "A")
    seen.note("bill_1", "B")
    #expect(seen["bill_1"] == "A")
    #expect(seen["bill_2"] == nil)
  }

  @Test func `what is remembered is bounded, and the latest stays`() {
    var seen = SeenIDs(capacity: 10)
    for number in 0..<1_000 { seen.note("bill_\(number)", "B\(number)") }
    #expect((0..<1_000).filter { seen["bill_\($0)"] != nil }.count <= 20)
    #expect(seen["bill_999"] == "B999")
  }

  @Test func `nothing but 429s for longer than is sat out ends the run, and one other answer begins it anew`() {
    var life = LifeSigns()
    for second: UInt64 in 1...3_600 { life.throttled(at: second * 1_000_000_000, sentAt: 0) }
    #expect(!life.isThrottledOnly(at: 3_600_000_000_000, longer: 3_600))
    #expect(life.isThrottledOnly(at: 3_601_000_000_000, longer: 3_600))
    life.useful(at: 3_601_000_000_000)
    #expect(!life.isThrottledOnly(at: 9_000_000_000_000, longer: 3_600))
    #expect(!life.isDead(at: 3_602_000_000_000, first: 15, later: 60))
  }
}
