import Foundation
import Testing

@testable import BillLedger

/// Databases that are only read.
@Suite struct ObservedDatabaseTests {
  private let fixture = LedgerFixture(inFile: true)

  private func makeLedger() throws { _ = try fixture.open().run() }

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
}
