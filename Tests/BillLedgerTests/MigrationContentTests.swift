import BillModel
import Hashing
import Testing

@testable import BillLedger

/// What a ledger of each version holds is what the newest reads, written as SQL: an old ledger's contents must not depend
/// on today's statements.
@Suite struct MigrationContentTests {
  /// What came with a version.
  struct Contents: CustomTestStringConvertible, Sendable {
    let version: Int
    let sql: String
    /// Whether the newest ledger reads it.
    let isRead: @Sendable (Ledger) throws -> Bool

    var testDescription: String { "version \(version)" }
  }

  private static let run = FileRunID(1)
  private static let row = RowAddress(fileRun: run, record: 1)

  static let contents = [
    Contents(
      version: 1,
      sql: """
        INSERT INTO file_run (id, digest, name, byte_count, layout_digest, layout_name, duplicates, state, verdict,
            started_at, sending_completed_at, sent, retried)
          VALUES (1, zeroblob(32), 'old.csv', 5, zeroblob(32), 'default', 'reject', 'reported', 'complete', 7, 8, 3, 1);
        INSERT INTO file_check VALUES (1, 1048576, 3, 2, 1, zeroblob(32));
        INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, bill_id, confirmed_by)
          VALUES (1, 1, 10, 1, 1, 'A', 'bill_1', 'answer');
        INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, form, body, serializer, first_sent_at)
          VALUES (1, 2, 1, 2, 4, 'B', 0, zeroblob(32), 1, 77);
        INSERT INTO bill VALUES ('A', 1, 1), ('B', 1, 2);
        INSERT INTO row_count VALUES (1, 10, 1), (1, 1, 1);
        INSERT INTO party VALUES (0, 'C', 'bcus_1', NULL);
        INSERT INTO party_claim VALUES (0, 'D', 1, 2);
        """
    ) { ledger in
      let unknown = try ledger.row(RowAddress(fileRun: run, record: 2))
      guard let file = try ledger.fileRun(run), case .intended(let intent, _)? = unknown?.state else { return false }
      return try file.file.name == "old.csv" && file.requests.sent == 3 && file.feed == "default"
        && ledger.check(of: run)?.recordsRead == 3 && ledger.bill("A") == .settled(billID: "bill_1", by: row)
        && intent.reference == "B" && intent.epoch == 2 && intent.attempts == 4
        && intent.firstSentAt == WallTime(milliseconds: 77) && ledger.counts(of: run).unknown == 1
        && ledger.party(PartyKey(.customer, "C")) != nil && ledger.party(PartyKey(.customer, "D")) != nil
    },
    Contents(version: 2, sql: "INSERT INTO day VALUES ('2026-02-01', 12)") { ledger in
      try ledger.requests(on: CivilDate(year: 2026, month: 2, day: 1)!) == 12
    },
    Contents(
      version: 4,
      sql: "INSERT INTO party_difference VALUES (1, 0, 'C', 1, 0, 'name,email', NULL)"
    ) { ledger in try ledger.differences(of: run, after: nil, limit: 9).map(\.record) == [1] },
    Contents(
      version: 5, sql: "INSERT INTO reference_rule VALUES ('default', zeroblob(32), 'a rule')"
    ) { ledger in
      try ledger.database.integer("SELECT count(*) FROM reference_rule WHERE rule = 'a rule'") == 1
    },
    Contents(
      version: 7,
      sql: "INSERT INTO file_figures VALUES (1, 3, 2, 1); INSERT INTO file_money VALUES (1, 'ZAR', 900, 500)"
    ) { ledger in
      let figures = try ledger.figures(of: run)
      return figures?.rows == 3 && figures?.money.values.first?.largest == 500
    },
    Contents(version: 8, sql: "UPDATE file_row SET content = 4711 WHERE record = 2") { ledger in
      try ledger.database.integer("SELECT content FROM file_row WHERE record = 2") == 4711
    },
    Contents(
      version: 9,
      sql: """
        UPDATE file_run SET operation = 'customer_balance', position = 20260201;
        INSERT INTO object_change VALUES (0, 'C', 1, 1, 1, 1)
        """
    ) { ledger in
      try ledger.change(of: .customer, "C") == ChangeState(row: row, isOpen: true, balanceRun: run, setRun: run)
    },
    Contents(
      version: 10,
      sql: """
        INSERT INTO drop_file (id, place, feed, name, sort_key, byte_count, modified, verdict, claimed_at, ended_at)
          VALUES (1, '/srv/d', 'daily', 'd.csv', '2026-02-01', 5, 6, 'complete', 7, 8);
        INSERT INTO feed VALUES ('daily', 5); INSERT INTO told VALUES ('s', 'missing', 9)
        """
    ) { ledger in
      try ledger.lastPutAway(ofFeed: "daily")?.sortKey == "2026-02-01" && ledger.wasTold("s", "missing")
        && ledger.watchedSince(feed: "daily", now: LedgerFixture.start) == WallTime(milliseconds: 5)
        && ledger.untoldDropFiles().map(\.name) == ["d.csv"]
    },
    Contents(version: 11, sql: "INSERT INTO row_to_mend VALUES ('R', 1, 2)") { ledger in
      try ledger.rowsToMend(of: run) == ["R": 2]
    },
    Contents(
      version: 13,
      sql: "UPDATE file_row SET reference = 'C', claim = 8, terms = 'credit ZAR -5 total -5' WHERE record = 1"
    ) { ledger in
      // What was added before marks were kept: whatever mark is shown is taken for the last one.
      let last = try ledger.lastAddition(to: SumKey(.customer, "C"))
      return last == SumHistory.Last(mark: nil, total: nil, place: 1)
    },
    Contents(
      version: 14,
      sql: """
        INSERT INTO need VALUES ('/srv/d', 'daily', 'd.csv', 'held', 'Why.', '/srv/d/x', '0123456789ab', NULL, NULL, 3);
        INSERT INTO drop_look VALUES ('/srv/d', 4)
        """
    ) { ledger in
      try ledger.needs().map(\.approval) == ["0123456789ab"] && ledger.dropLooks().map(\.at.milliseconds) == [4]
    },
    Contents(
      version: 15,
      sql: """
        INSERT INTO addition VALUES (2, 'B', 'P1', 40, 1, 40, 'ZAR', 1, 1);
        INSERT INTO object_sum VALUES (2, 'B', 'P1', 40, 1, 1, 1, 99, 0)
        """
    ) { ledger in
      try ledger.lastAddition(to: SumKey(.bill, "B"))
        == SumHistory.Last(mark: "P1", total: 40, place: 1, isDoubted: true)
        && ledger.doubtedSums(of: run, after: 0, since: WallTime(milliseconds: 98), withOwn: false, limit: 1) == [1]
    },
    Contents(
      version: 17,
      sql: """
        INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, form, body, serializer, first_sent_at,
            new_customer, new_account)
          VALUES (1, 3, 0, 1, 1, 'E', 0, zeroblob(32), 1, 78, 'F', 'G');
        INSERT INTO row_count VALUES (1, 0, 1)
        """
    ) { ledger in
      let carrier = RowAddress(fileRun: run, record: 3)
      return try ledger.party(PartyKey(.customer, "F")) == .claimed(by: carrier)
        && ledger.party(PartyKey(.account, "G")) == .claimed(by: carrier)
        && ledger.party(PartyKey(.customer, "D")) == .claimed(by: RowAddress(fileRun: run, record: 2))
    },
    Contents(version: 19, sql: "INSERT INTO row_come VALUES (1, 'R', 2, 1)") { ledger in
      try ledger.rowsToMendAndCome(of: run) == (toMend: 2, come: 1)
    },
    Contents(
      version: 19,
      sql: """
        INSERT INTO file_row (file_run, record, state, epoch, attempts, reference, form, body, serializer, first_sent_at,
            claim, terms)
          VALUES (1, 4, 1, 1, 1, 'V4', 0, zeroblob(32), 1, 78, 2, 'void voids V4-R1'),
            (1, 5, 0, 1, 1, 'V5', 0, zeroblob(32), 1, 78, 2, 'raise ZAR 5 account V9 paid 1 voids V4-R1'),
            (1, 6, 0, 1, 1, 'V6', 0, zeroblob(32), 1, 78, 2, 'raise ZAR 5 customer V9 voids V6-R2'),
            (1, 7, 0, 1, 1, 'V7', 0, zeroblob(32), 1, 78, NULL, 'raise ZAR 5 customer V9 voids V7-R1'),
            (1, 8, 12, 1, 1, 'V8', NULL, NULL, NULL, NULL, 2, 'void voids V8-R1'),
            (1, 9, 0, 1, 1, 'V9', 0, zeroblob(32), 1, 78, 2, 'paid ZAR 5');
        INSERT INTO object_change VALUES (2, 'V6-R2', 1, 1, 0, NULL)
        """
    ) { ledger in
      // What an open row really voids is claimed from here on.
      let voided = [("V4-R1", 4), ("V6-R2", 6), ("V7-R1", nil), ("V8-R1", nil), ("5", nil)] as [(String, Int?)]
      return try voided.allSatisfy { name, record in
        let change = try ledger.change(of: .bill, name)
        return change?.row.record == record && change?.isOpen == record.map { _ in true }
      }
    },
    Contents(
      version: 20,
      sql: """
        INSERT INTO object_attributes VALUES (0, 'S1', 7), (0, 'S2', 7), (0, 'S3', 7), (1, 'S1', 7), (0, 'S4', 7);
        INSERT INTO party_difference VALUES (2, 0, 'S1', 12, 2, 'name', NULL), (2, 0, 'S2', 13, 0, 'name', NULL),
          (2, 0, 'S3', 14, 2, '', NULL), (2, 0, 'S4', 15, 1, 'name', NULL)
        """
    ) { ledger in
      // What an update has changed since isn't as it was sent last; an open one may have been sent until the last moment.
      let kept = [("S1", false), ("S2", true), ("S3", true), ("S4", false)]
      return try kept.allSatisfy { name, isKept in
        try (ledger.attributes(of: PartyKey(.customer, name)) != nil) == isKept
      } && ledger.attributes(of: PartyKey(.account, "S1")) == 7
        && ledger.database.integer(
          "SELECT count(*) FROM party_difference WHERE sent_at = (SELECT latest FROM ledger) AND reference = 'S4'") == 1
        && ledger.database.integer("SELECT count(*) FROM party_difference WHERE sent_at IS NOT NULL") == 1
    },
  ]

  @Test(arguments: 1...Migration.all.count)
  func `what ledgers up to each version hold, the newest reads`(version: Int) throws {
    let fixture = LedgerFixture(inFile: true)
    try LedgerPlace(path: fixture.path).makeDatabase(
      environment: LedgerFixture.environment, now: LedgerFixture.start, migrations: Array(Migration.all[..<1]))
    let held = Self.contents.filter { $0.version <= version }
    do {
      let database = try Database(file: fixture.path, namedInErrors: fixture.path)
      for contents in held {
        try database.migrate(Array(Migration.all[..<contents.version]))
        try database.execute(contents.sql)
      }
      try database.migrate(Array(Migration.all[..<version]))
    }
    let ledger = try Ledger(path: fixture.path, environment: LedgerFixture.environment, now: LedgerFixture.start)
    #expect(try ledger.database.integer("PRAGMA user_version") == Int64(Migration.all.count))
    for contents in held { #expect(try contents.isRead(ledger), "\(contents)") }
    #expect(
      try ledger.database.integer("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") == 0)
  }
}
