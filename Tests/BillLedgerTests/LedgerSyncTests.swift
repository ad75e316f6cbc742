import BillModel
import Testing

@testable import BillLedger

@Suite struct LedgerSyncTests {
  @Test func `what was committed ahead of the disk is there, and what comes after waits again`() throws {
    let fixture = LedgerFixture(inFile: true)
    do {
      let ledger = try fixture.open()
      let run = try ledger.run()
      let sync = try #require(try ledger.commitAhead())
      #expect(try ledger.database.integer("PRAGMA synchronous") == 1)
      for record in 1...20 {
        try ledger.commit(run) { $0.intents = [LedgerFixture.intent(record, "A\(record)")] }
        try sync.sync()
      }
      try ledger.waitForDisk()
      #expect(try ledger.database.integer("PRAGMA synchronous") == 2)
      try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A1", .refused)] }
    }
    let ledger = try fixture.open()
    #expect(try ledger.counts(of: FileRunID(1)).intended == 19)
  }
}
