import BillModel
import Foundation
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

  @Test func `a count is kept by the next opening`() throws {
    do { _ = try fixture.open().reserve(upTo: 6, on: day, most: 10) }
    #expect(try fixture.open().requests(on: day) == 6)
  }

  /// Whether it is on the disk, no test without a power cut can see.
  @Test func `a reserved count is in the ledger's files, also where commits don't wait for the disk`() throws {
    let (fixture, copy) = (LedgerFixture(inFile: true), LedgerFixture(inFile: true))
    let ledger = try fixture.open()
    _ = try ledger.commitAhead()
    #expect(ledger.commitsAhead)
    _ = try ledger.reserve(upTo: 6, on: day, most: 10)
    try FileManager.default.createDirectory(atPath: copy.folder + "/state", withIntermediateDirectories: true)
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: fixture.path + suffix, toPath: copy.path + suffix)
    }
    try ledger.waitForDisk()
    #expect(try copy.open().requests(on: day) == 6)
  }
}
