import DurableFiles
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

  @Test func `a ledger that is cut is noticed`() throws {
    let ledger = try open()
    let size = try #require(try FileGlimpse(path: ledger.path, headLimit: 0)).byteCount
    #expect(truncate(ledger.path, 0) == 0)
    #expect(throws: LedgerError.overwritten(path: ledger.path, how: "cut from \(size) to 0 bytes")) {
      try ledger.mustBeInPlace()
    }
  }

  @Test func `one that has grown since it was opened, and is cut to what it was then, is noticed`() throws {
    let ledger = try open()
    let size = try #require(try FileGlimpse(path: ledger.path, headLimit: 0)).byteCount
    #expect(truncate(ledger.path, Int(size) + 8192) == 0)
    try ledger.mustBeInPlace()
    #expect(truncate(ledger.path, Int(size)) == 0)
    #expect(throws: LedgerError.overwritten(path: ledger.path, how: "cut from \(size + 8192) to \(size) bytes")) {
      try ledger.mustBeInPlace()
    }
  }

  @Test func `a ledger that is written over is noticed`() throws {
    let ledger = try open()
    let descriptor = Glibc.open(ledger.path, O_WRONLY)
    #expect(write(descriptor, "no ledger at all", 16) == 16)
    #expect(throws: LedgerError.overwritten(path: ledger.path, how: "written over")) { try ledger.mustBeInPlace() }
  }

  /// To open a file and to close it again would let go of what SQLite holds on it.
  @Test func `SQLite's lock on the file is held as long as it is open`() throws {
    let ledger = try open()
    try ledger.mustBeInPlace()
    let inode = try #require(try FileLook(path: ledger.path)).identity
    let locks = try #require(try FileGlimpse(path: "/proc/locks", headLimit: 1 << 20)).head
    let lines = String(decoding: locks, as: UTF8.self).split(separator: "\n")
    #expect(lines.contains { $0.contains("POSIX") && $0.contains(" \(getpid()) ") && $0.contains(":\(inode) ") })
  }
}
