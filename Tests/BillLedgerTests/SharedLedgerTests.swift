#if Postgres
  import BillModel
  import Glibc
  import PostgresProbe
  import Synchronization
  import Testing
  import Threads

  @testable import BillLedger

  /// A ledger at a server that several processes use: here several connections stand for them.
  @Suite(.enabled(if: LedgerServer.isThere)) struct SharedLedgerTests {
    private let url = LedgerServer.newSchema()
    private var schema: String { String(url.split(separator: "%3D").last ?? "") }
    private static let work = Work.file(LedgerFixture.file().digest)

    private func open() throws(LedgerError) -> Ledger {
      try Ledger(path: url, environment: LedgerFixture.environment, now: LedgerFixture.start)
    }

    /// As if nothing had been heard of the holders of all leases for too long.
    private func letLeasesRunOut() throws {
      try LedgerServer.shared.ask("UPDATE \(schema).work_lease SET expires_at = 0")
    }

    /// Takes over what somebody else has, as soon as no heartbeat comes between.
    private func takeOver(by ledger: Ledger) throws {
      for _ in 0..<20 {
        try letLeasesRunOut()
        do throws(LedgerError) { return try ledger.take(Self.work) } catch {
          guard case .workTaken = error else { throw error }
        }
      }
      Issue.record("it was never free")
    }

    @Test func `what one has, another is told of, and has when it is given back`() throws {
      let (first, second) = (try open(), try open())
      try first.take(Self.work)
      let taken = LedgerError.workTaken(
        path: url, work: Self.work.words, holder: PostgresDatabase.ownName)
      #expect(throws: taken) { try second.take(Self.work) }
      try second.take(.changes)
      first.giveBack(Self.work)
      try second.take(Self.work)
      #expect(throws: taken) { try first.take(Self.work) }
    }

    @Test func `who was taken for dead commits nothing when it comes back`() throws {
      let (first, second) = (try open(), try open())
      let run = try first.run()
      try first.take(Self.work)
      try first.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
      #expect(try #require(first.sharing).maySend)
      try takeOver(by: second)
      let lost = LedgerError.leaseLost(path: url, work: Self.work.words)
      #expect(throws: lost) { try first.commit(run) { $0.intents = [LedgerFixture.intent(2, "B")] } }
      #expect(throws: lost) { try first.setState(.reported, of: run, verdict: .complete, now: LedgerFixture.start) }
      #expect(try !#require(first.sharing).maySend)
      try second.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")] }
      #expect(try second.rows(of: run, after: 0, limit: 9).map(\.record) == [1])
      // Its number is another one, should the work come back to it.
      second.giveBack(Self.work)
      #expect(throws: lost) { try first.commit(run) { $0.intents = [LedgerFixture.intent(2, "B")] } }
      first.giveBack(Self.work)
      try first.take(Self.work)
      try first.commit(run) { $0.intents = [LedgerFixture.intent(2, "B")] }
    }

    @Test func `a lease that has run out and that nobody wants is its holder's still`() throws {
      let first = try open()
      let run = try first.run()
      try first.take(Self.work)
      try letLeasesRunOut()
      try first.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
    }

    @Test func `nobody takes over within a transaction of the holder's`() throws {
      let (first, second) = (try open(), try open())
      try first.take(Self.work)
      try letLeasesRunOut()
      try first.database.transaction { () throws(LedgerError) -> Void in
        #expect(throws: LedgerError.self) { try second.take(Self.work) }
      }
      try takeOver(by: second)
    }

    @Test func `what a process had whose session has ended is free at once`() throws {
      var first: Ledger? = try open()
      let second = try open()
      try first?.take(Self.work)
      #expect(throws: LedgerError.self) { try second.take(Self.work) }
      first = nil
      let end = ContinuousClock.now + .seconds(10)
      while true {
        do { return try second.take(Self.work) } catch { #expect(ContinuousClock.now < end, "\(error)") }
        if ContinuousClock.now > end { return }
        usleep(20_000)
      }
    }

    @Test func `the heartbeat keeps a lease beyond its time`() throws {
      let first = try open()
      try first.take(Self.work)
      try letLeasesRunOut()
      let end = ContinuousClock.now + .seconds(30)
      var expiry = 0 as Int64
      while expiry == 0, ContinuousClock.now < end {
        usleep(50_000)
        expiry =
          Int64(
            try LedgerServer.shared.ask("SELECT expires_at FROM \(schema).work_lease").filter(\.isNumber)) ?? 0
      }
      #expect(expiry > 0)
    }

    /// When the first of the turns is, in milliseconds from now, that a process is given.
    private func nextTurn(_ ledger: Ledger, interval: UInt64 = 10_000_000) throws -> Int64? {
      let sharing = try #require(ledger.sharing)
      let given = Mutex<LedgerSharing.Turns?>(nil)
      sharing.deliverTurns { turns in given.withLock { $0 = turns } }
      sharing.askForTurns(count: 1, interval: interval)
      let end = ContinuousClock.now + .seconds(20)
      while ContinuousClock.now < end {
        if let turns = given.withLock({ $0 }) { return (Int64(turns.first) - Int64(MonotonicClock.now)) / 1_000_000 }
        usleep(2_000)
      }
      return nil
    }

    @Test func `a pause that one was asked for holds all others`() throws {
      let (first, second) = (try open(), try open())
      #expect(try #require(try nextTurn(second)) < 1_000)
      try #require(first.sharing).pauseAll(milliseconds: 30_000)
      let end = ContinuousClock.now + .seconds(20)
      while try #require(first.sharing).needsServer(isDue: false), ContinuousClock.now < end { usleep(2_000) }
      #expect((20_000...30_000).contains(try #require(try nextTurn(second))))
    }

    @Test func `a schedule that stands in the future, as by a clock that was set back, waits for the longest pause`()
      throws
    {
      let ledger = try open()
      try LedgerServer.shared.ask(
        "UPDATE \(schema).send_pace SET next_at = (extract(epoch FROM now()) + 86400)::bigint * 1000000000")
      let most = LongestPause.milliseconds
      #expect((most - 20_000...most).contains(try #require(try nextTurn(ledger))))
      #expect((most - 20_000...most + 100).contains(try #require(try nextTurn(ledger))))
    }

    @Test func `a party that one claims is under way for the other, until its fate is unknown or known`() throws {
      let (first, second) = (try open(), try open())
      let key = PartyKey(.customer, "C-1")
      try first.take(Self.work)
      let run = try first.run()
      try first.commit(run) {
        $0.partyClaims = [PartyClaim(record: 1, key: key)]
        $0.intents = [LedgerFixture.intent(1, "A")]
      }
      let address = RowAddress(fileRun: run, record: 1)
      #expect(try second.party(key) == .claimed(by: address))
      #expect(try second.isUnderWayElsewhere(key) && !first.isUnderWayElsewhere(key))
      try second.take(.file(LedgerFixture.file("b.csv").digest))
      let other = try second.run("b.csv")
      let refused = try second.commit(other) {
        $0.partyClaims = [PartyClaim(record: 7, key: key)]
        $0.intents = [LedgerFixture.intent(7, "B")]
      }
      #expect(refused == [RefusedClaim(record: 7, reason: .party(key, .claimed(by: address)))])
      try first.commit(run) { $0.unknowns = [1] }
      #expect(try !second.isUnderWayElsewhere(key))
      let party = KnownParty(key: key, id: "bcus_1")
      try first.commit(run) {
        $0.parties = [party]
        $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")]
      }
      #expect(try second.party(key) == .known(party))
      let known = try second.commit(other) {
        $0.partyClaims = [PartyClaim(record: 7, key: key)]
        $0.intents = [LedgerFixture.intent(7, "B")]
      }
      #expect(known == [RefusedClaim(record: 7, reason: .party(key, .known(party)))])
      first.giveBack(Self.work)
      #expect(try !second.isUnderWayElsewhere(key))
    }

    @Test func `a claim that the other takes over is known after its memory of it`() throws {
      let (first, second) = (try open(), try open())
      let key = PartyKey(.customer, "C-1")
      try first.take(Self.work)
      let run = try first.run()
      try first.commit(run) {
        $0.partyClaims = [PartyClaim(record: 1, key: key)]
        $0.intents = [LedgerFixture.intent(1, "A")]
      }
      first.giveBack(Self.work)
      try second.take(Self.work)
      #expect(try second.partyClaims(of: RowAddress(fileRun: run, record: 1)) == [key])
      try second.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .refused)] }
      #expect(try first.party(key) == nil)
    }

    @Test func `two that claim the same parties the other way round both get on`() async throws {
      let url = url
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (name, isReversed) in [("a.csv", false), ("b.csv", true)] {
          group.addTask {
            let ledger = try Ledger(path: url, environment: LedgerFixture.environment, now: LedgerFixture.start)
            let run = try ledger.run(name)
            for round in 0..<20 {
              let keys = (0..<40).map { PartyKey(.customer, "C-\(round)-\($0)") }
              let claims = (isReversed ? keys.reversed() : keys).enumerated().map {
                PartyClaim(record: round * 40 + $0.offset + 1, key: $0.element)
              }
              _ = try ledger.commit(run) {
                $0.partyClaims = claims
                $0.intents = claims.map { LedgerFixture.intent($0.record, "\(name)-\($0.record)") }
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let claims = try LedgerServer.shared.ask("SELECT count(*) FROM \(schema).party_claim")
      #expect(claims == "800\n")
      let rows = try LedgerServer.shared.ask("SELECT count(*) FROM \(schema).file_row")
      #expect(rows == "800\n", "each party has one carrier, and the other row isn't sent")
    }

    @Test func `bills that two processes claim in opposite orders go to one of them each, and neither waits for ever`()
      async throws
    {
      let schema = schema
      try await withThrowingTaskGroup(of: Int.self) { group in
        for (name, isReversed) in [("a.csv", false), ("b.csv", true)] {
          let ledger = try open()
          let run = try ledger.run(name)
          nonisolated(unsafe) let own = ledger
          group.addTask {
            try (1...20).reduce(0) { (refused, round) in
              let intents = (1...100).map { number in
                LedgerFixture.intent(round * 100 + number, "\(round)-\(isReversed ? 101 - number : number)")
              }
              return try refused + own.commit(run) { $0.intents = intents }.count
            }
          }
        }
        #expect(try await group.reduce(0, +) == 2_000)
      }
      #expect(try LedgerServer.shared.ask("SELECT count(*) FROM \(schema).bill") == "2000\n")
    }

    @Test(arguments: ["40P01", "40001"])
    func `a commit that the server undid, since it was in the way of another, is done again`(_ state: String) throws {
      let ledger = try open()
      let run = try ledger.run()
      try LedgerServer.shared.ask(
        """
        SET search_path = \(schema);
        CREATE SEQUENCE tries;
        CREATE FUNCTION \(schema).collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF nextval('\(schema).tries') < 4 THEN RAISE SQLSTATE '\(state)'; END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER collide BEFORE INSERT ON bill FOR EACH ROW EXECUTE FUNCTION \(schema).collide();
        """)
      let refused = try ledger.commit(run) {
        $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B")]
      }
      #expect(refused.isEmpty)
      #expect(try ledger.rows(of: run, after: 0, limit: 9).map(\.record) == [1, 2])
    }

    @Test func `turns of a server that lets the heartbeat not in are waited for a minute, and it says why`() throws {
      let role = "lonely\(schema)"
      _ = try open()
      try LedgerServer.shared.ask(
        """
        CREATE ROLE \(role) LOGIN CONNECTION LIMIT 1; GRANT ALL ON SCHEMA \(schema) TO \(role);
        GRANT ALL ON ALL TABLES IN SCHEMA \(schema) TO \(role); GRANT ALL ON ALL SEQUENCES IN SCHEMA \(schema) TO \(role)
        """)
      let ledger = try Ledger(
        path: url.replacing("billdrop@", with: "\(role)@"), environment: LedgerFixture.environment,
        now: LedgerFixture.start)
      let sharing = try #require(ledger.sharing)
      try ledger.take(Self.work)
      sharing.askForTurns(count: 1, interval: 1_000)
      let start = ContinuousClock.now
      while sharing.state.withLock({ $0.fault }) == nil {
        try #require(ContinuousClock.now < start + .seconds(60))
        usleep(10_000)
      }
      try ledger.keepWork()
      sharing.state.withLock { $0.wantedSince = 0 }
      let error = #expect(throws: LedgerError.self) { try ledger.keepWork() }
      guard case .unreachable(_, let words) = error, words.contains("too many connections") else {
        Issue.record("\(String(describing: error))")
        return
      }
    }

    @Test func `times are written down by the server's clock`() throws {
      let ledger = try open()
      try #require(ledger.sharing).state.withLock { $0.lead = -10_800_000 }
      let (now, time) = (LedgerFixture.start, LedgerFixture.start.advanced(byMilliseconds: -10_800_000))
      let run = try ledger.run()
      try ledger.completeSending(of: run, now: now)
      let fileRun = try #require(try ledger.fileRun(run))
      #expect(fileRun.startedAt == time && fileRun.sendingCompletedAt == time)
      let file = try ledger.beginDropFile(
        place: "drop", feed: "nightly", name: "a.csv", sortKey: nil, byteCount: 1, modified: 1, now: now)
      #expect(file.claimedAt == time)
      #expect(try ledger.openDropFiles(in: "drop") == [file])
      try ledger.noteLook(atDrop: "drop", now)
      #expect(try ledger.dropLooks().map(\.at) == [time])
      #expect(try ledger.watchedSince(feed: "nightly", now: now) == time)
    }

    @Test func `turns come out of one schedule, and none is given twice`() throws {
      let (first, second) = (try open(), try open())
      let granted = Mutex<[LedgerSharing.Turns]>([])
      let interval = 1_000_000 as UInt64
      for ledger in [first, second] {
        ledger.sharing?.deliverTurns { turns in granted.withLock { $0.append(turns) } }
      }
      let start = ContinuousClock.now
      for round in 1...20 {
        for ledger in [first, second] { ledger.sharing?.askForTurns(count: 50, interval: interval) }
        while granted.withLock({ $0.count }) < round * 2 {
          try #require(ContinuousClock.now < start + .seconds(60))
          usleep(200)
        }
      }
      let all = granted.withLock { $0.sorted { $0.first < $1.first } }
      for (before, after) in zip(all, all.dropFirst()) {
        // What two connections take for the same moment differs by less than a round trip.
        let end = before.first + UInt64(before.count) * before.interval
        #expect(after.first + 20_000_000 >= end)
      }
      // 2,000 turns of a millisecond each, all but those of the last grants over.
      let last = try #require(all.last)
      #expect(last.first + 50 * interval - all[0].first >= 1_900 * interval)
    }

    @Test func `who has nothing to commit finds out too that it was taken for dead, or keeps what it has`() throws {
      let (first, second) = (try open(), try open())
      let sharing = try #require(first.sharing)
      try first.take(Self.work)
      sharing.state.withLock { $0.validUntil = 1 }
      try first.keepWork()
      #expect(sharing.maySend)
      try takeOver(by: second)
      sharing.state.withLock { $0.validUntil = 1 }
      #expect(throws: LedgerError.leaseLost(path: url, work: Self.work.words)) { try first.keepWork() }
    }

    @Test func `a machine whose clock is wrong leaves no time in the ledger that its server hasn't seen`() throws {
      let wrong = WallTime(milliseconds: WallTime.hostMilliseconds + 86_400_000)
      let ledger = try Ledger(path: url, environment: LedgerFixture.environment, now: wrong)
      let sharing = try #require(ledger.sharing)
      func isSeen(_ time: WallTime) -> Bool { time.milliseconds <= WallTime.hostMilliseconds + 1_000 }
      #expect(isSeen(ledger.latestTime))
      let run = try ledger.run()
      // Ten minutes behind.
      sharing.state.withLock { $0.lead = 600_000 }
      let behind = WallTime(milliseconds: WallTime.hostMilliseconds - 600_000)
      try ledger.completeSending(of: run, now: behind)
      try ledger.commit(run, now: sharing.serverTime(at: behind)) { $0.intents = [LedgerFixture.intent(1, "A")] }
      #expect(isSeen(ledger.latestTime))
      #expect(isSeen(try open().latestTime))
    }

    @Test func `all go by the server's clock`() throws {
      let ledger = try open()
      let sharing = try #require(ledger.sharing)
      sharing.state.withLock { $0.lead = 3_600_000 }
      #expect(sharing.serverTime(at: WallTime(milliseconds: 5)) == WallTime(milliseconds: 3_600_005))
    }
  }
#endif
