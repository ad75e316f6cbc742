import Testing

@testable import LayoutGuessing

@Suite struct DateTallyTests {
  private func form(_ values: String...) -> DateTally.Form? {
    var tally = DateTally()
    for value in values { tally.add(value) }
    return tally.form
  }

  @Test func `a day above 12 proves the order`() {
    #expect(form("03/04/2025", "17/04/2025")?.order == .dayFirst)
    #expect(form("03/04/2025", "04/17/2025")?.order == .monthFirst)
  }

  @Test func `without one the order is not known, whatever the mark`() {
    for value in ["03/04/2025", "03.04.2025", "03-04-2025", "03/04/25", "1/2/2025"] {
      #expect(form(value)?.order == .unknown)
    }
  }

  @Test func `proofs of both orders contradict each other`() {
    #expect(form("17/04/2025", "04/17/2025")?.order == .contradictory)
  }

  @Test func `years first and names of months need no proof`() {
    #expect(form("2025-04-03")?.isPlain == true)
    #expect(form("2025/04/03")?.pattern(dayFirst: true) == "yyyy/MM/dd")
    #expect(form("20250403")?.pattern(dayFirst: true) == "yyyyMMdd")
    #expect(form("03-Apr-2025")?.pattern(dayFirst: true) == "dd-MMM-yyyy")
    #expect(form("3-Apr-2025")?.pattern(dayFirst: true) == "d-MMM-yyyy")
  }

  @Test(arguments: ["", "31/02/2025", "2025-13-01", "12345678", "1.2.3", "07/01", "1234-01-01"])
  func `what is no day of our time doesn't count`(value: String) {
    #expect(form(value) == nil)
  }
}
