#if Postgres
  import BillModel
  import Glibc
  import PostgresProbe
  import Synchronization
  import Testing

  @testable import BillLedger

  /// A file that several processes send together, range by range: here several connections stand for them.
  @Suite(.enabled(if: LedgerServer.isThere)) struct RangeLeaseTests {
    private let url = LedgerServer.newSchema()
    private var schema: String { String(url.split(separator: "%3D").last ?? "") }
    private static let file = LedgerFixture.file().digest

    /// A connection with a share in the file.
    private struct Member {
      let ledger: Ledger
      let run: FileRunID
      let share: Work

      func take(onlyBegun: Bool = false) throws(LedgerError) -> RowRange? {
        try ledger.takeRange(of: run, for: share, onlyBegun: onlyBegun)
      }
    }

    private func open() throws(LedgerError) -> Ledger {
      try Ledger(path: url, environment: LedgerFixture.environment, now: LedgerFixture.start)
    }

    private func member() throws(LedgerError) -> Member {
      let ledger = try open()
      let share = ledger.newShare(in: Self.file)
      try ledger.take(share)
      return Member(ledger: ledger, run: try ledger.run(), share: share)
    }

    /// Removes what one has that gives no sign of life, as soon as none comes between.
    private func letDie(_ dead: Member, seenBy other: Member) throws {
      for _ in 0..<50 {
        try LedgerServer.shared.ask(
          "UPDATE \(schema).work_lease SET expires_at = 0 WHERE work = '\(dead.share.key)'")
        try other.ledger.freeDeadRanges(of: other.run, Self.file)
        let names = try other.ledger.rangeHolders(of: other.run, Self.file)
        if names.count == 1 { return }
      }
      Issue.record("it was never dead")
    }

    private static func range(_ records: ClosedRange<Int>, isTakenOver: Bool = false) -> RowRange {
      RowRange(records: records, isTakenOver: isTakenOver)
    }

    @Test(arguments: [
      (10, 5, [1...5, 6...10]), (11, 5, [1...5, 6...10, 11...15]), (3, 5, [1...5]),
      (5, 1, [1...1, 2...2]),
    ])
    func `a file lies in ranges without gap and without overlap`(
      records: Int, rows: Int, first: [ClosedRange<Int>]
    ) throws {
      let one = try member()
      try one.ledger.openRanges(of: one.run, records: records, each: rows)
      #expect(try one.ledger.rangesLeft(of: one.run) == (records + rows - 1) / rows)
      for expected in first { #expect(try one.take() == Self.range(expected)) }
    }

    @Test func `each range is one's, and none is left when all are through`() throws {
      let (one, other) = (try member(), try member())
      #expect(try !one.ledger.isInRanges(one.run))
      try one.ledger.openRanges(of: one.run, records: 30, each: 10)
      #expect(try other.ledger.isInRanges(other.run))
      let first = try #require(try one.take())
      let second = try #require(try other.take())
      let third = try #require(try one.take())
      #expect(
        [first, second, third] == [Self.range(1...10), Self.range(11...20), Self.range(21...30)])
      #expect(try other.take() == nil)
      #expect(try one.ledger.rangeHolders(of: one.run, Self.file).map(\.ranges).sorted() == [1, 2])
      // Nobody can close it under somebody who sends.
      #expect(try !one.ledger.closeRanges(of: one.run, Self.file))
      for range in [first, third] { try one.ledger.end(range, of: one.run, for: one.share) }
      // Another one's isn't ended by who hasn't got it.
      try one.ledger.end(second, of: one.run, for: one.share)
      #expect(try one.ledger.rangesLeft(of: one.run) == 1)
      try other.ledger.end(second, of: other.run, for: other.share)
      #expect(try one.ledger.closeRanges(of: one.run, Self.file))
      #expect(try !other.ledger.isInRanges(other.run))
    }

    @Test func `two that take at once never get the same`() async throws {
      let first = try member()
      try first.ledger.openRanges(of: first.run, records: 400, each: 2)
      let url = url
      let taken = try await withThrowingTaskGroup(of: [RowRange].self) { group in
        for _ in 0..<4 {
          group.addTask {
            let ledger = try Ledger(
              path: url, environment: LedgerFixture.environment, now: LedgerFixture.start)
            let share = ledger.newShare(in: LedgerFixture.file().digest)
            try ledger.take(share)
            let run = try ledger.run()
            var ranges: [RowRange] = []
            while let range = try ledger.takeRange(of: run, for: share) { ranges.append(range) }
            return ranges
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(taken.count == 200 && Set(taken.map(\.records.lowerBound)).count == 200)
    }

    @Test
    func
      `what one had that gives no sign of life is taken over first, and it commits nothing more`()
      throws
    {
      let (one, other) = (try member(), try member())
      try one.ledger.openRanges(of: one.run, records: 30, each: 10)
      let first = try #require(try one.take())
      try one.ledger.commit(one.run) { $0.intents = [LedgerFixture.intent(3, "A")] }
      #expect(try other.take() == Self.range(11...20))
      try letDie(one, seenBy: other)
      let lost = LedgerError.leaseLost(path: url, work: one.share.words)
      #expect(throws: lost) {
        try one.ledger.commit(one.run) { $0.intents = [LedgerFixture.intent(4, "B")] }
      }
      #expect(throws: lost) { try one.ledger.end(first, of: one.run, for: one.share) }
      #expect(throws: lost) { try one.take() }
      #expect(try other.take() == Self.range(1...10, isTakenOver: true))
      let open = try other.ledger.unresolvedRows(
        of: other.run, after: 0, in: Self.range(1...10, isTakenOver: true), limit: 9)
      #expect(open.map(\.record) == [3])
      #expect(
        try other.ledger.unresolvedRows(of: other.run, after: 0, in: Self.range(4...10), limit: 9)
          .isEmpty)
      #expect(try other.take() == Self.range(21...30))
    }

    @Test func `a share stays its holder's within a transaction of it`() throws {
      let (one, other) = (try member(), try member())
      try one.ledger.openRanges(of: one.run, records: 10, each: 10)
      _ = try one.take()
      try one.ledger.database.transaction { () throws(LedgerError) -> Void in
        do {
          try LedgerServer.shared.ask("UPDATE \(schema).work_lease SET expires_at = 0 WHERE work = '\(one.share.key)'")
          try other.ledger.freeDeadRanges(of: other.run, Self.file)
          let taken = try other.take()
          #expect(taken == nil)
        } catch { Issue.record(error) }
      }
      try letDie(one, seenBy: other)
      #expect(try other.take() == Self.range(1...10, isTakenOver: true))
    }

    @Test func `who stops leaves its ranges to the others`() throws {
      let (one, other) = (try member(), try member())
      try one.ledger.openRanges(of: one.run, records: 20, each: 10)
      _ = try one.take()
      #expect(try other.take() == Self.range(11...20))
      #expect(try other.take(onlyBegun: true) == nil)
      try one.ledger.leaveRanges(of: one.run, for: one.share)
      #expect(try other.take(onlyBegun: true) == Self.range(1...10, isTakenOver: true))
      #expect(
        try other.ledger.rangeHolders(of: other.run, Self.file) == [
          RangeHolder(name: PostgresDatabase.ownName, ranges: 2)
        ])
    }

    @Test func `ranges of a share that is gone are free, and whoever had it can work on`() throws {
      let (one, other) = (try member(), try member())
      try one.ledger.openRanges(of: one.run, records: 20, each: 10)
      _ = try one.take()
      try letDie(one, seenBy: other)
      let lost = LedgerError.leaseLost(path: url, work: one.share.words)
      #expect(throws: lost) { try one.ledger.leaveRanges(of: one.run, for: one.share) }
      try one.ledger.commit(one.run) { $0.intents = [LedgerFixture.intent(1, "A")] }
      // As where the connection broke before the ranges were given back.
      _ = try other.take()
      other.ledger.giveBack(other.share)
      try one.ledger.freeDeadRanges(of: one.run, Self.file)
      let share = one.ledger.newShare(in: Self.file)
      try one.ledger.take(share)
      #expect(try one.ledger.takeRange(of: one.run, for: share) == Self.range(1...10, isTakenOver: true))
      #expect(try one.ledger.takeRange(of: one.run, for: share) == Self.range(11...20))
    }

    @Test
    func
      `what is left of a file that nobody sends can be closed, and nobody gets a range of it then`()
      throws
    {
      let (one, other) = (try member(), try member())
      try one.ledger.openRanges(of: one.run, records: 20, each: 10)
      _ = try other.take()
      #expect(try !one.ledger.closeRanges(of: one.run, Self.file))
      try other.ledger.leaveRanges(of: other.run, for: other.share)
      #expect(try one.ledger.closeRanges(of: one.run, Self.file))
      #expect(try one.ledger.rangesLeft(of: one.run) == 0)
      #expect(try other.take() == nil)
    }

    @Test
    func `a party is made once by rows of two ranges, and who comes second waits for the first`()
      throws
    {
      let (one, other) = (try member(), try member())
      let key = PartyKey(.customer, "C-1")
      try one.ledger.openRanges(of: one.run, records: 20, each: 10)
      _ = try one.take()
      _ = try other.take()
      try one.ledger.commit(one.run) {
        $0.partyClaims = [PartyClaim(record: 1, key: key)]
        $0.intents = [LedgerFixture.intent(1, "A")]
      }
      let address = RowAddress(fileRun: one.run, record: 1)
      let refused = try other.ledger.commit(other.run) {
        $0.partyClaims = [PartyClaim(record: 11, key: key)]
        $0.intents = [LedgerFixture.intent(11, "B")]
      }
      #expect(refused == [RefusedClaim(record: 11, reason: .party(key, .claimed(by: address)))])
      #expect(try other.ledger.isUnderWayElsewhere(key, during: other.run))
      #expect(try !one.ledger.isUnderWayElsewhere(key, during: one.run))
      // Also for who dies meanwhile: its range will be somebody's.
      try letDie(one, seenBy: other)
      #expect(try other.ledger.isUnderWayElsewhere(key, during: other.run))
      // Of another file it isn't waited for then.
      #expect(try !other.ledger.isUnderWayElsewhere(key, during: try other.ledger.run("b.csv")))
      let taken = try #require(try other.take())
      #expect(try other.ledger.isUnderWayElsewhere(key, during: other.run, resuming: taken))
      #expect(try !other.ledger.isUnderWayElsewhere(key, during: other.run))
      #expect(try other.ledger.partyClaims(of: address) == [key])
      try other.ledger.commit(other.run) {
        $0.parties = [KnownParty(key: key, id: "bcus_1")]
        $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")]
      }
      #expect(try other.ledger.party(key) == .known(KnownParty(key: key, id: "bcus_1")))
    }

    @Test func `what others claim in their ranges isn't taken for known here`() throws {
      let (one, other) = (try member(), try member())
      let key = PartyKey(.customer, "C-1")
      try one.ledger.openRanges(of: one.run, records: 20, each: 10)
      _ = try one.take()
      _ = try other.take()
      try one.ledger.commit(one.run) {
        $0.partyClaims = [PartyClaim(record: 1, key: key)]
        $0.intents = [LedgerFixture.intent(1, "A")]
      }
      // Settling a row of its own makes it look at its claims.
      try other.ledger.commit(other.run) { $0.intents = [LedgerFixture.intent(11, "B")] }
      try other.ledger.commit(other.run) {
        $0.settlements = [LedgerFixture.settlement(11, "B", .created, id: "bill_2")]
      }
      try one.ledger.commit(one.run) {
        $0.settlements = [LedgerFixture.settlement(1, "A", .refused)]
      }
      #expect(try other.ledger.party(key) == nil)
    }

    @Test func `rows of all are counted together`() throws {
      let (one, other) = (try member(), try member())
      try one.ledger.openRanges(of: one.run, records: 20, each: 10)
      for (member, record) in [(one, 1), (other, 11)] {
        _ = try member.take()
        try member.ledger.commit(member.run) {
          $0.intents = [LedgerFixture.intent(record, "B\(record)")]
        }
        try member.ledger.commit(member.run) {
          $0.settlements = [LedgerFixture.settlement(record, "B\(record)", .refused)]
        }
      }
      #expect(try one.ledger.counts(of: one.run).settled == [.refused: 2])
    }
  }
#endif
