import BillModel
import DurableFiles
import Glibc
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

  @Test func `after a sync that failed nothing is committed or read any more, until the ledger is opened anew`() throws
  {
    let fixture = LedgerFixture(inFile: true)
    do {
      let ledger = try fixture.open()
      let run = try ledger.run()
      let sync = try #require(
        try ledger.commitAhead { _ in
          errno = EIO
          return -1
        })
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A1")] }
      #expect(ledger.isUsable)
      let lost = LedgerError.file(FileError(.sync, path: ledger.path + "-wal", code: EIO))
      #expect(throws: lost) { try sync.sync() }
      #expect(!ledger.isUsable)
      #expect(throws: lost) { try ledger.commit(run) { $0.intents = [LedgerFixture.intent(2, "A2")] } }
      #expect(throws: lost) { try ledger.rows(of: run, after: 0, limit: 9) }
      #expect(throws: lost) { try ledger.waitForDisk() }
      // What the system says only once is remembered.
      #expect(throws: lost) { try sync.sync() }
    }
    let ledger = try fixture.open()
    #expect(ledger.isUsable)
    try ledger.commit(FileRunID(1)) { $0.intents = [LedgerFixture.intent(2, "A2")] }
    #expect(try ledger.rows(of: FileRunID(1), after: 0, limit: 9).map(\.record) == [1, 2])
  }

  @Test func `the log that a process left is written anew before anything follows it`() throws {
    let fixture = LedgerFixture(inFile: true)
    _ = try fixture.open()
    let place = try LedgerPlace(path: fixture.path)
    let log = fixture.path + "-wal"
    try place.renewLog()
    #expect(access(log, F_OK) != 0)
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let descriptor = creat(log, 0o600)
    #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    var old = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
    futimens(descriptor, &old)
    close(descriptor)
    try place.renewLog()
    var status = stat()
    #expect(stat(log, &status) == 0 && status.st_size == bytes.count && status.st_mtim.tv_sec > 1)
    var found = [UInt8](repeating: 0, count: bytes.count)
    let reading = open(log, O_RDONLY)
    #expect(read(reading, &found, found.count) == bytes.count && found == bytes)
    close(reading)
  }
}
