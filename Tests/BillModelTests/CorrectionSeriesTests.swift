import BillModel
import Testing

@Suite struct CorrectionSeriesTests {
  @Test func `of a name that is called as a correction is the first bill of its series is told`() throws {
    func first(_ name: String, _ series: CorrectionSeries) -> String { series.firsts(of: name).last ?? name }
    let standard = CorrectionSeries.standard
    for name in ["INV-1", "INV-1-R1", "INV-1-R99", "INV-1-R1-R12"] { #expect(first(name, standard) == "INV-1") }
    for name in ["", "-R1", "INV-R", "INV-R0", "INV-R01", "INV-R100", "INV-1R1", "R1", "INV-R٣", "INV-Rx1"] {
      #expect(first(name, standard) == name)
    }
    let other = try #require(CorrectionSeries("{reference}_c{n}x"))
    for number in [1, 9, 10, 99] { #expect(first(other.name(of: "B", number), other) == "B") }
    #expect(first("B_c1", other) == "B_c1")
    let numbered = try #require(CorrectionSeries("{reference}-{n}"))
    #expect(numbered.firsts(of: "INV-7-12") == ["INV-7", "INV"])
    let found = try #require(numbered.first(of: "INV-7-12"))
    #expect(found.reference == "INV-7" && found.number == 12)
  }
}
