import BillModel
import Testing

@Suite struct CorrectionSeriesTests {
  @Test func `of a name that is called as a correction is the first bill of its series is told`() throws {
    let standard = CorrectionSeries.standard
    for name in ["INV-1", "INV-1-R1", "INV-1-R99", "INV-1-R1-R12"] { #expect(standard.first(of: name) == "INV-1") }
    for name in ["", "-R1", "INV-R", "INV-R0", "INV-R01", "INV-R100", "INV-1R1", "R1", "INV-R٣", "INV-Rx1"] {
      #expect(standard.first(of: name) == name)
    }
    let other = try #require(CorrectionSeries("{reference}_c{n}x"))
    for number in [1, 9, 10, 99] { #expect(other.first(of: other.name(of: "B", number)) == "B") }
    #expect(other.first(of: "B_c1") == "B_c1")
  }
}
