import Testing

@testable import LayoutGuessing

@Suite struct AmountTallyTests {
  private func tally(_ values: String...) -> AmountTally {
    var tally = AmountTally()
    for value in values { tally.add(value) }
    return tally
  }

  @Test func `a decimal mark is proven by what stands behind it, or by another mark before it`() {
    #expect(tally("12,5", "100").decimal == ",")
    #expect(tally("1.234,500").decimal == ",")
    #expect(tally("1,234.50", "7.25").decimal == ".")
    #expect(tally("1,234.50").groups == [","])
    #expect(tally("1.234.567").decimal == ",")
    #expect(tally("0,125").decimal == ",")
    #expect(tally("1 234,50").groups == [" "])
    for mark: Character in ["\u{A0}", "\u{202F}", "’"] {
      #expect(tally("1\(mark)234,50").groups == [mark] && tally("1\(mark)234,50").decimal == ",")
    }
  }

  @Test func `three digits behind a single mark prove nothing`() {
    #expect(tally("1,234", "12.345").decimal == nil)
    #expect(tally("1,234", "12.345").unclear == 2)
    #expect(tally("240", "17").decimal == nil)
  }

  @Test func `a value is whole by itself, whatever stands in those before it`() {
    for values in [["1,234.50", "5000", "2500"], ["5000", "1 200", "2500"], ["2500", "5000", "1'200.50"]] {
      for turn in values.indices {
        var tally = AmountTally()
        for index in values.indices { tally.add(values[(index + turn) % 3]) }
        #expect(tally.whole == 2 && tally.count == 3, "\(values) from \(turn) on")
      }
    }
  }

  @Test func `values that contradict each other prove nothing`() {
    #expect(tally("12,50", "12.50").decimal == nil)
  }

  @Test func `the ways to write a negative amount are told apart`() {
    #expect(tally("-1.50", "1.50-", "(1.50)", "1.50CR", "2.50 DR").signs == [.leading, .trailing, .parentheses, .cr])
  }

  @Test(arguments: ["", "abc", "R 12.50", "12.50.", "1E5", "--1", "2025-07-01"])
  func `what is no amount doesn't count`(value: String) {
    #expect(tally(value).count == 0)
  }
}
