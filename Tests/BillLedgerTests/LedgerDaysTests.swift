import BillModel
import Testing

@testable import BillLedger

/// Requests counted by days.
@Suite struct LedgerDaysTests {
  private let fixture = LedgerFixture()
  private let day = LedgerFixture.day

  @Test func `no more is reserved than a day may have`() throws {
    let ledger = try fixture.open()
    #expect(try ledger.reserve(upTo: 6, on: day, most: 10) == (6, 4))
    #expect(try ledger.reserve(upTo: 6, on: day, most: 10) == (4, 0))
    #expect(try ledger.reserve(upTo: 6, on: day, most: 10) == (0, 0))
    #expect(try ledger.requests(on: day) == 10)
    try ledger.giveBack(3, on: day)
    #expect(try ledger.reserve(upTo: 6, on: day, most: 10) == (3, 0))
    #expect(try ledger.reserve(upTo: 6, on: day, most: 5) == (0, 0))
    #expect(try ledger.reserve(upTo: 6, on: day.adding(days: 1)!, most: 10) == (6, 4))
  }

  @Test func `a count is kept by the next opening, whether commits wait for the disk or not`() throws {
    do {
      let ledger = try fixture.open()
      _ = try ledger.commitAhead()
      _ = try ledger.reserve(upTo: 6, on: day, most: 10)
      #expect(ledger.isShared || ledger.commitsAhead)
      try ledger.waitForDisk()
    }
    #expect(try fixture.open().requests(on: day) == 6)
  }
}
