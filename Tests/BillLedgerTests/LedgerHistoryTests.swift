import BillModel
import Testing

@testable import BillLedger

@Suite struct LedgerHistoryTests {
  let fixture = LedgerFixture()
  let now = LedgerFixture.start

  private func begin(_ ledger: Ledger, _ name: String, feed: String = "nightly") throws -> FileRun {
    try ledger.openFileRun(
      LedgerFixture.file(name), layout: LedgerFixture.layout(), feed: feed, approval: nil, now: now)
  }

  private func figures(_ rows: Int) -> FileFigures {
    FileFigures(
      rows: rows, newCustomerRows: 1, knownBillRows: 2,
      money: [
        CurrencyCode("ZAR")!: FileFigures.Money(total: Int64(rows) * 7, largest: 9),
        CurrencyCode("USD")!: FileFigures.Money(total: 5, largest: 5),
      ])
  }

  @Test func `figures come back, and later ones take their place`() throws {
    let ledger = try fixture.open()
    let run = try begin(ledger, "a")
    #expect(try ledger.figures(of: run.id) == nil)
    for rows in [5, 6] {
      try ledger.saveFigures(figures(rows), of: run.id, now: now)
      #expect(try ledger.figures(of: run.id) == figures(rows))
    }
    try ledger.saveFigures(FileFigures(), of: run.id, now: now)
    #expect(try ledger.figures(of: run.id) == FileFigures())
  }

  @Test func `history is of files of the same feed that came before and were sent to their end`() throws {
    let ledger = try fixture.open()
    for (index, name) in ["a", "b", "other", "unfinished", "unlooked", "c"].enumerated() {
      let run = try begin(ledger, name, feed: name == "other" ? "weekly" : "nightly")
      if name != "unlooked" { try ledger.saveFigures(figures(index + 1), of: run.id, now: now) }
      if name != "unfinished" { try ledger.completeSending(of: run.id, now: now) }
    }
    let next = try begin(ledger, "next")
    let later = try begin(ledger, "later")
    try ledger.saveFigures(figures(99), of: later.id, now: now)
    try ledger.completeSending(of: later.id, now: now)
    #expect(try ledger.history(before: next, limit: 10).map(\.rows) == [6, 2, 1])
    #expect(try ledger.fileRun(before: next)?.file.name == "c")
    #expect(try ledger.fileRun(before: later)?.file.name == "c", "the next one isn't sent to its end")
    #expect(try ledger.history(before: next, limit: 2).map(\.rows) == [6, 2])
  }

  @Test func `the file before is the last that isn't of mended rows, by its name`() throws {
    let ledger = try fixture.open()
    for name in ["bills.csv", "bills.mendedy.csv", "bills.mended.csv", "rejected.csv"] {
      try ledger.completeSending(of: begin(ledger, name).id, now: now)
    }
    #expect(try ledger.fileRun(before: begin(ledger, "next.csv"))?.file.name == "bills.mendedy.csv")
  }

  @Test func `another merchant's history never counts`() throws {
    do {
      let ledger = try fixture.open()
      let run = try begin(ledger, "a")
      try ledger.saveFigures(figures(1), of: run.id, now: now)
      try ledger.completeSending(of: run.id, now: now)
    }
    var other = LedgerFixture.environment
    other.merchant = "other"
    // One ledger can't hold both: who comes as another merchant doesn't get at it.
    #expect(throws: LedgerError.self) { try fixture.open(environment: other) }
    let elsewhere = LedgerFixture()
    let ledger = try elsewhere.open(environment: other)
    let run = try begin(ledger, "b")
    #expect(try ledger.history(before: run, limit: 10) == [])
  }
}
