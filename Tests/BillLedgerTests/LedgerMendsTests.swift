import BillModel
import Testing

@testable import BillLedger

@Suite struct LedgerMendsTests {
  private let fixture = LedgerFixture()

  @Test func `rows to mend are kept by file and reference, and later ones take their place`() throws {
    let ledger = try fixture.open()
    let first = try ledger.run("a.csv")
    let second = try ledger.run("b.csv")
    #expect(try ledger.mostRowsToMend() == 0)
    try ledger.saveRowsToMend(["A": 1, "B": 2, "": 3], of: first, now: LedgerFixture.start)
    try ledger.saveRowsToMend(["A": 1], of: second, now: LedgerFixture.start)
    #expect(try ledger.mostRowsToMend() == 6)
    let feed = try #require(try ledger.fileRun(first)).feed
    #expect(try ledger.fileRuns(ofFeed: feed, toMend: "A") == [second, first])
    #expect(try ledger.fileRuns(ofFeed: feed, toMend: "B") == [first])
    #expect(try ledger.fileRuns(ofFeed: "another", toMend: "B").isEmpty)
    try ledger.saveRowsToMend(["C": 1], of: first, now: LedgerFixture.start)
    #expect(try ledger.rowsToMend(of: first) == ["C": 1])
    #expect(try ledger.fileRuns(ofFeed: feed, toMend: "A") == [second])
  }
}
