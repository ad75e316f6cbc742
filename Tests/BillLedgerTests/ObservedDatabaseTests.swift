import Foundation
import Testing

@testable import BillLedger

/// Databases that are only read.
@Suite struct ObservedDatabaseTests {
  private let fixture = LedgerFixture(inFile: true)

  private func makeLedger() throws { _ = try fixture.open().run() }

  private func refusal(_ obstacle: LedgerError.Obstacle) -> LedgerError {
    .notReadable(path: "named", because: obstacle)
  }

  @Test(arguments: ["/", "//", "///"])
  func `a path may begin with several slashes`(slashes: String) throws {
    try makeLedger()
    let path = slashes + fixture.path.drop { $0 == "/" }
    for access in [SQLiteDatabase.Access.observing, .immutable, .writing] {
      let database = try SQLiteDatabase(file: path, namedInErrors: path, access: access)
      #expect(try database.integer("SELECT COUNT(*) FROM file_run") == 1)
    }
  }

  @Test func `a path may be one from where the process is`() throws {
    try makeLedger()
    let up = String(repeating: "../", count: FileManager.default.currentDirectoryPath.split(separator: "/").count)
    let path = up + fixture.path.dropFirst()
    let database = try SQLiteDatabase(file: path, namedInErrors: path, access: .observing)
    #expect(try database.integer("SELECT COUNT(*) FROM file_run") == 1)
  }

  @Test func `a copy has what the database has`() throws {
    try makeLedger()
    let copy = try StillCopy(of: fixture.path, namedInErrors: "named")
    #expect(FileManager.default.contents(atPath: copy.path) == FileManager.default.contents(atPath: fixture.path))
    unlink(copy.path)
  }

  @Test func `what is written while it is copied isn't read`() throws {
    try makeLedger()
    let error = #expect(throws: LedgerError.self) {
      _ = try StillCopy(of: fixture.path, namedInErrors: "named") {
        do { _ = try fixture.open().run("b.csv") } catch { Issue.record(error) }
      }
    }
    #expect(error == refusal(.itsWriter))
  }

  @Test func `what somebody has open, or opens meanwhile, isn't read`() throws {
    try makeLedger()
    var ledger: Ledger?
    let late = #expect(throws: LedgerError.self) {
      _ = try StillCopy(of: fixture.path, namedInErrors: "named") { ledger = try? fixture.open() }
    }
    #expect(late == refusal(.itsLog))
    #expect(ledger != nil)
    let early = #expect(throws: LedgerError.self) { _ = try StillCopy(of: fixture.path, namedInErrors: "named") }
    #expect(early == refusal(.itsLog))
  }
}
