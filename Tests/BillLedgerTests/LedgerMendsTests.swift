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

  @Test func `rows that have come are counted once, and the file that they came with has them still`() throws {
    let ledger = try fixture.open()
    let (first, second, third) = (try ledger.run("a.csv"), try ledger.run("b.csv"), try ledger.run("c.csv"))
    for run in [first, second] {
      try ledger.saveRowsToMend(["A": 1, "B": 2, "": 3], of: run, now: LedgerFixture.start)
      try ledger.setState(.reported, of: run, verdict: .completeWithRejects, now: LedgerFixture.start)
    }
    let last = try #require(try ledger.fileRun(third))
    func open() throws -> [[String: Int]] {
      try ledger.openFiles(before: last, since: WallTime(milliseconds: 0), limit: 100).map(\.rows)
    }
    #expect(try open() == [["A": 1, "B": 2, "": 3], ["A": 1, "B": 2, "": 3]])
    try ledger.saveRowsThatCame([first: ["A": 1, "": 1]], with: second, now: LedgerFixture.start)
    try ledger.saveRowsThatCame([first: ["A": 1, "": 1], second: ["B": 2]], with: third, now: LedgerFixture.start)
    #expect(try open() == [["A": 1, "B": 2, "": 3], ["B": 2, "": 2]])
    #expect(try ledger.rowsToMendAndCome(of: first) == (toMend: 6, come: 3))
    #expect(try ledger.rowsToMendAndCome(of: second) == (toMend: 6, come: 2))
    try ledger.saveRowsThatCame([:], with: third, now: LedgerFixture.start)
    #expect(try ledger.rowsToMendAndCome(of: second) == (toMend: 6, come: 0))
    #expect(try ledger.openFiles(before: last, since: WallTime(milliseconds: 0), limit: 2).count == 1)
  }
}
