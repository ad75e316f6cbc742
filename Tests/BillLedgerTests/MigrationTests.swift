import BillModel
import Testing

@testable import BillLedger

@Suite struct MigrationTests {
  let fixture = LedgerFixture(inFile: true)

  private func open(_ migrations: [Migration]) throws(LedgerError) -> Ledger {
    try Ledger(
      path: fixture.path, environment: LedgerFixture.environment, now: LedgerFixture.start, migrations: migrations)
  }

  @Test func `versions count from one without a gap`() {
    #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
  }

  @Test(arguments: 1...Migration.all.count)
  func `a ledger of each version is brought to the newest with all that it holds`(version: Int) throws {
    // Version 1 as SQL: what an old ledger holds must not depend on today's statements.
    try LedgerPlace(path: fixture.path).makeDatabase(
      environment: LedgerFixture.environment, now: LedgerFixture.start, migrations: Array(Migration.all[..<1]))
    do {
      let database = try Database(file: fixture.path, namedInErrors: fixture.path)
      try database.execute(
        """
        INSERT INTO file_run (id, digest, name, byte_count, layout_digest, layout_name, duplicates, state, started_at)
          VALUES (1, zeroblob(32), 'old.csv', 5, zeroblob(32), 'default', 'reject', 'sending', 1);
        INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, bill_id, confirmed_by)
          VALUES (1, 1, 10, 1, 1, 'A', 'bill_1', 'answer');
        INSERT INTO bill (reference, file_run, record) VALUES ('A', 1, 1);
        INSERT INTO row_count (file_run, state, rows) VALUES (1, 10, 1);
        """)
      try database.migrate(Array(Migration.all[..<version]))
    }
    let ledger = try open(Migration.all)
    #expect(try ledger.database.integer("PRAGMA user_version") == Int64(Migration.all.count))
    let run = FileRunID(1)
    #expect(try ledger.fileRun(run)?.file.name == "old.csv")
    #expect(try ledger.fileRun(run)?.feed == "default")
    #expect(try ledger.counts(of: run).settled == [.created: 1])
    #expect(try ledger.bill("A") == .settled(billID: "bill_1", by: RowAddress(fileRun: run, record: 1)))
    #expect(
      try ledger.row(RowAddress(fileRun: run, record: 1))?.state
        == .settled(LedgerFixture.settlement(1, "A", .created, id: "bill_1")))
  }

  @Test func `a further step runs once, and a ledger that has seen it is too new for who doesn't know it`() throws {
    let known = Migration.all.count
    let step = Migration(version: known + 1, sql: "CREATE TABLE further (number INTEGER) STRICT")
    _ = try open(Migration.all)
    for _ in 0..<2 { _ = try open(Migration.all + [step]) }
    #expect(throws: LedgerError.newerSchema(path: fixture.path, found: known + 1, known: known)) {
      try open(Migration.all)
    }
  }

  @Test func `a step that fails leaves the ledger at the version before it`() throws {
    let known = Migration.all.count
    let broken = Migration(
      version: known + 1, sql: "CREATE TABLE further (number INTEGER) STRICT; INSERT INTO nowhere VALUES (1)")
    _ = try open(Migration.all)
    #expect(throws: LedgerError.self) { try open(Migration.all + [broken]) }
    let ledger = try open(Migration.all)
    #expect(try ledger.database.integer("PRAGMA user_version") == Int64(known))
    #expect(try ledger.database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'further'") == 0)
  }
}
