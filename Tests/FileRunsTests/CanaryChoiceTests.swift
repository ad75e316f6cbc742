import BillModel
import Testing

@testable import FileRuns

@Suite struct CanaryChoiceTests {
  @Test func `only the first row about a bill, or about those that may take each other's place, goes before others`() {
    func firsts(_ names: String..., series: CorrectionSeries = .standard) -> [Bool] {
      var choice = CanaryChoice(count: 9, series: series)
      return names.map { choice.isFirst(.void(VoidedBill(reference: $0))) }
    }
    #expect(firsts("A", "A", "B", "A-R1") == [true, false, true, false])
    #expect(firsts("C-R1", "C", "C-R1-R2", "C-R2", "D") == [true, false, false, false, true])
    let numbered = CorrectionSeries("{reference}-{n}")!
    #expect(firsts("I-1", "I-2", "I", "I-3", series: numbered) == [true, true, false, false])
  }
}
