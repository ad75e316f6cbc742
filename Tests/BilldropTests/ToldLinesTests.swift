import BillModel
import Testing

@testable import billdrop

@Suite struct ToldLinesTests {
  private func time(hours: Int64) -> WallTime { WallTime(milliseconds: hours * 3_600_000) }

  /// Looks at these hours that say this; at which of them it is told.
  private func told(_ looks: [(hour: Int64, text: String)], isNews: Bool? = nil) -> [Int64] {
    var told = ToldLines()
    var hours: [Int64] = []
    for look in looks {
      if told.isDue(look.text, isNews: isNews, now: time(hours: look.hour)) { hours.append(look.hour) }
      told.endLook()
    }
    return hours
  }

  @Test func `what is still so is told once a day`() {
    #expect(told((0..<60).map { ($0, "the disk is full") }) == [0, 24, 48])
  }

  @Test func `what went and came back is news, and so is another thing`() {
    #expect(told([(0, "a"), (1, "b"), (2, "a"), (3, "a")]) == [0, 1, 2])
  }

  @Test func `what people were told by an earlier process is told again a day later`() {
    #expect(told((0..<30).map { ($0, "missing") }, isNews: false) == [24])
    #expect(told((0..<3).map { ($0, "missing") }, isNews: true) == [0, 1, 2])
  }
}
