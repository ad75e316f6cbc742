import Glibc
import Testing

@testable import BillLedger

/// A ledger whose files go while it is open.
@Suite struct LedgerFilesTests {
  private let fixture = LedgerFixture(inFile: true)

  private func open() throws -> Ledger {
    try Ledger(path: fixture.path, environment: LedgerFixture.environment, now: LedgerFixture.start)
  }

  @Test func `in its place it is used on`() throws {
    let ledger = try open()
    try ledger.mustBeInPlace()
    _ = try ledger.reserve(upTo: 3, on: LedgerFixture.day, most: 10)
    try ledger.mustBeInPlace()
  }

  @Test(arguments: ["", "-wal", ".lock"]) func `a file that is gone is noticed`(_ suffix: String) throws {
    let ledger = try open()
    let path = ledger.path + suffix
    #expect(unlink(path) == 0)
    #expect(throws: LedgerError.displaced(path: path, isReplaced: false)) { try ledger.mustBeInPlace() }
  }

  @Test func `a ledger that was moved is noticed, and goes on when it is back`() throws {
    let ledger = try open()
    let path = ledger.path
    #expect(rename(path, path + ".moved") == 0)
    #expect(throws: LedgerError.displaced(path: path, isReplaced: false)) { try ledger.mustBeInPlace() }
    #expect(rename(path + ".moved", path) == 0)
    try ledger.mustBeInPlace()
  }

  @Test func `another file in its place is noticed`() throws {
    let ledger = try open()
    let path = ledger.path
    #expect(rename(path, path + ".new") == 0)
    close(Glibc.open(path, O_CREAT | O_WRONLY, 0o600))
    #expect(throws: LedgerError.displaced(path: path, isReplaced: true)) { try ledger.mustBeInPlace() }
  }
}
