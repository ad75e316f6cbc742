import Testing

@testable import FileRuns

/// Where things lie for a ledger.
@Suite struct LedgerPathTests {
  @Test(arguments: [
    (["STATE_DIRECTORY": "/state", "HOME": "/h"], "/state/"), (["XDG_STATE_HOME": "/x"], "/x/billdrop/"),
    (["HOME": "/h"], "/h/.local/state/billdrop/"), (["HOME": ""], "/u/.local/state/billdrop/"),
    ([:], "/u/.local/state/billdrop/"),
  ])
  func `what lies here for a ledger at a server lies where ledgers do, or in the user's home`(
    environment: [String: String], folder: String
  ) {
    let path = LedgerPath.beside("postgresql://db/x", ".staging", environment, home: "/u")
    #expect(path.hasPrefix(folder + "postgresql-") && path.hasSuffix(".staging"), "\(path)")
  }

  @Test func `it never lies where anybody may make names, and for a file it lies beside that`() {
    #expect(
      LedgerPath.beside("postgresql://db/x", ".status", [:], home: nil).hasPrefix("/var/lib/billdrop/postgresql-"))
    #expect(LedgerPath.beside("/a/x.sqlite", ".status", [:], home: nil) == "/a/x.sqlite.status")
  }
}
