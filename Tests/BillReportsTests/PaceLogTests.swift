import Testing

@testable import BillReports

struct PaceLogTests {
  @Test func `however long it takes, there are at most 120 spans, and nothing is lost`() {
    var log = PaceLog(at: 1_000)
    let second: UInt64 = 1_000_000_000
    for step in 0..<50_000 {
      let moment = 1_000 + UInt64(step) * second / 10
      log.settled(at: moment)
      log.ended(at: moment, took: 40_000_000, isThrottled: step % 1_000 == 0, isAnswered: step % 500 != 1)
    }
    log.note(at: 1_000 + 5_000 * second, limit: 12, isPaused: true)
    #expect(log.spans.count <= 120 && log.spans.count > 60)
    #expect(log.spans.reduce(0) { $0 + $1.settled } == 50_000)
    #expect(log.spans.reduce(0) { $0 + $1.answers } == 49_900)
    #expect(log.spans.reduce(0) { $0 + $1.failed } == 100)
    #expect(log.spans.reduce(0) { $0 + $1.throttled } == 50)
    #expect(log.spans.filter(\.isPaused).count == 1)
    #expect(log.spans.last?.limit == 12)
    #expect(log.seconds * 120 >= 5_000)
  }

  @Test func `a moment before the beginning counts to the beginning`() {
    var log = PaceLog(at: 5_000)
    log.settled(at: 1)
    #expect(log.spans.first?.settled == 1)
  }

  @Test(arguments: [0.3, 1.0, 7.5, 40, 333, 2_500, 60_000])
  func `a quantile is right to about a tenth`(_ milliseconds: Double) throws {
    var counts = LatencyCounts()
    for _ in 0..<90 { counts.add(UInt64(milliseconds * 1e6)) }
    for _ in 0..<10 { counts.add(UInt64(milliseconds * 5e6)) }
    let median = try #require(counts.quantile(0.5))
    #expect(abs(median - milliseconds) / milliseconds < 0.11)
    let slow = try #require(counts.quantile(0.95))
    #expect(abs(slow - milliseconds * 5) / (milliseconds * 5) < 0.11)
  }

  @Test func `of nothing there is no quantile`() { #expect(LatencyCounts().quantile(0.5) == nil) }
}

struct AmountHistogramTests {
  @Test func `each amount is counted in the step that holds it`() {
    for (step, end) in AmountHistogram.ends.enumerated() {
      var below = AmountHistogram()
      below.add(end - 1)
      #expect(below.steps == step...step)
      var at = AmountHistogram()
      at.add(end)
      #expect(at.steps == step + 1...step + 1)
    }
  }

  @Test func `what is written of it is read again, and an end that isn't one is passed over`() {
    var amounts = AmountHistogram()
    for amount: Int64 in [1, 7, 7, 99_999, 99_999_999] { amounts.add(amount) }
    var json = JSONText()
    json.array { amounts.write(&$0) }
    #expect(
      json.text
        == "[{\"below\":2,\"rows\":1},{\"below\":10,\"rows\":2},{\"below\":100000,\"rows\":1},"
        + "{\"below\":100000000,\"rows\":1}]")
    var read = AmountHistogram()
    for (end, rows) in [(2, 1), (10, 2), (100_000, 1), (100_000_000, 1), (3, 5)] as [(Int64, Int)] {
      read.add(rows: rows, below: end)
    }
    #expect(read == amounts)
    read.add(rows: 4, below: nil)
    #expect(read.counts.last == 4)
  }

  @Test func `nothing and less than nothing is no amount`() {
    var amounts = AmountHistogram()
    amounts.add(0)
    amounts.add(-5)
    #expect(amounts.steps == nil && amounts.total == 0)
  }
}
