import BillModel
import Hashing
import Testing

@testable import BillLedger

@Suite struct LedgerDifferencesTests {
  let fixture = LedgerFixture()
  private static let account = PartyKey(.account, "A")
  private static let customer = PartyKey(.customer, "A")

  private static func difference(
    _ record: Int, _ party: PartyKey, _ state: PartyDifference.State = .left, _ fields: [String] = ["name"]
  ) -> PartyDifference {
    PartyDifference(record: record, party: party, fields: fields, state: state, message: state == .refused ? "no" : nil)
  }

  @Test func `differences are read back by record, in pages, each file run its own`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let other = try ledger.run("b.csv")
    let all = [
      Self.difference(2, Self.customer), Self.difference(2, Self.account, .left, ["name", "metadata.area"]),
      Self.difference(5, PartyKey(.customer, "B"), .refused),
    ]
    try ledger.commit(run) { $0.differences = all.reversed() }
    try ledger.commit(other) { $0.differences = [Self.difference(1, Self.customer)] }
    var read: [PartyDifference] = []
    while let next = try ledger.differences(of: run, after: read.last, limit: 1).first { read.append(next) }
    #expect(read == all)
    #expect(try ledger.differences(of: run, after: nil, limit: 10) == all)
    #expect(try ledger.difference(of: Self.account, in: run) == all[1])
    #expect(try ledger.difference(of: Self.account, in: other) == nil)
  }

  @Test func `the first row that showed it stays, and a change goes on to its end`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.differences = [Self.difference(3, Self.customer)] }
    try ledger.commit(run) { $0.differences = [Self.difference(9, Self.customer, .changing, ["name", "email"])] }
    #expect(try ledger.openChanges(of: run) == [Self.difference(3, Self.customer, .changing, ["name", "email"])])
    #expect(try ledger.openChange(of: Self.customer) == OpenChange(fileRun: run, mayBeSent: true))
    try ledger.commit(run) { $0.differences = [Self.difference(9, Self.customer, .changed)] }
    // A change that is done is not begun again, and no later look makes it undone.
    try ledger.commit(run) { $0.differences = [Self.difference(9, Self.customer, .changing)] }
    try ledger.commit(run) { $0.differences = [Self.difference(9, Self.customer, .left)] }
    #expect(try ledger.difference(of: Self.customer, in: run)?.state == .changed)
    #expect(try ledger.openChanges(of: run).isEmpty)
    #expect(try ledger.openChange(of: Self.customer) == nil)
  }

  @Test func `no second change of a party is begun while one has no known fate`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let other = try ledger.run("b.csv")
    try ledger.commit(run) { $0.differences = [Self.difference(3, Self.customer, .changing)] }
    #expect(throws: LedgerError.self) {
      try ledger.commit(other) { $0.differences = [Self.difference(1, Self.customer, .changing)] }
    }
    try ledger.commit(other) { $0.differences = [Self.difference(1, Self.account, .changing)] }
    #expect(try ledger.openChanges(of: other).map(\.party) == [Self.account])
  }

  @Test func `a comparison for which nothing was sent is let go of, and one that may have been sent stays`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let other = try ledger.run("b.csv")
    try ledger.commit(run) {
      $0.differences = [Self.difference(1, Self.customer, .changing, []), Self.difference(2, Self.account, .changing)]
    }
    #expect(try ledger.openChange(of: Self.customer) == OpenChange(fileRun: run, mayBeSent: false))
    try ledger.commit(other) {
      $0.notCompared = [Self.customer: "why", Self.account: "why"]
      $0.differences = [Self.difference(1, Self.customer, .changing, [])]
    }
    #expect(try ledger.openChanges(of: run).map(\.party) == [Self.account])
    #expect(try ledger.openChanges(of: other).map(\.party) == [Self.customer])
    let left = try ledger.difference(of: Self.customer, in: run)
    #expect(left?.state == .left && left?.message == "why")
  }

  @Test func `rule 16: a lost file's changes are let go of once nothing of them can land any more`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let digits = try #require(try ledger.fileRun(run)).file.digest.short
    let begun = max(try #require(try ledger.fileRun(run)).startedAt, ledger.latestTime)
    func strikeOff(after milliseconds: Int64) throws -> StruckChanges? {
      try ledger.strikeOffChanges(
        ofFile: digits, landing: 1_000, now: begun.advanced(byMilliseconds: milliseconds))
    }
    #expect(try strikeOff(after: 5_000) == nil)
    try ledger.commit(run) {
      $0.differences = [Self.difference(1, Self.customer, .changing), Self.difference(2, Self.account, .changing, [])]
    }
    let early = try strikeOff(after: 0)
    #expect(early?.isDone == false && early?.words.contains("may still be carried out until") == true)
    #expect(try ledger.openChanges(of: run).count == 2)
    #expect(try strikeOff(after: 60_000)?.isDone == true)
    #expect(try ledger.openChange(of: Self.customer) == nil && ledger.openChanges(of: run).isEmpty)
    let left = try ledger.difference(of: Self.customer, in: run)
    #expect(left?.state == .left && left?.fields == ["name"] && left?.message == "its file was struck off")
    #expect(try strikeOff(after: 60_000) == nil)
    #expect(try ledger.fileRun(run)?.isFinished == false, "nobody knows how many rows it has")
  }

  @Test(arguments: [RowOutcome.created, .conflict])
  func `rule 16: what may land counts from the last request of a change, and a file whose rows are through ends`(
    outcome: RowOutcome
  ) throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let file = try #require(try ledger.fileRun(run)).file
    // A server's ledger is made at its time.
    let start = max(LedgerFixture.start, ledger.latestTime)
    func time(_ milliseconds: Int64) -> WallTime { start.advanced(byMilliseconds: milliseconds) }
    func strikeOff(after milliseconds: Int64) throws -> Bool? {
      try ledger.strikeOffChanges(ofFile: file.digest.short, landing: 1_000, now: time(milliseconds))?.isDone
    }
    try ledger.saveCheck(
      FileCheckRecord(blockSize: 1, blockDigests: [], recordsRead: 1, valid: 1, invalid: 0), of: run,
      now: LedgerFixture.start)
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "B")] }
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "B", outcome)] }
    try ledger.commit(run, now: time(50_000)) { $0.differences = [Self.difference(1, Self.customer, .changing)] }
    try ledger.commit(run, now: time(60_000)) { $0.differences = [Self.difference(1, Self.customer, .changing)] }
    // What was only compared since, and what another file has sent, doesn't count.
    try ledger.commit(run, now: time(90_000)) { $0.differences = [Self.difference(1, Self.account, .changing, [])] }
    let other = try ledger.run("b.csv")
    try ledger.commit(other, now: time(95_000)) {
      $0.differences = [Self.difference(1, PartyKey(.customer, "B"), .changing)]
    }
    #expect(try strikeOff(after: 60_999) == false)
    #expect(try ledger.openChanges(of: run).count == 2)
    var stop = DropNeed(
      place: "", feed: "default", name: file.name, kind: .stopped, reason: "Why.", since: LedgerFixture.start)
    stop.approval = file.digest.short
    try ledger.keepStop(stop)
    #expect(try strikeOff(after: 61_000) == true)
    let ended = try #require(try ledger.fileRun(run))
    #expect(ended.isFinished && ended.verdict == (outcome == .created ? .complete : .completeWithRejects))
    let open = try ledger.openFileRuns(since: WallTime(milliseconds: 0), limit: 9)
    #expect(try open.map(\.id) == [other] && ledger.lastStop(of: file.digest) == nil)
    #expect(try ledger.openChanges(of: other).count == 1)
  }

  @Test func `a lost file with rows left isn't ended with its changes`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let digits = try #require(try ledger.fileRun(run)).file.digest.short
    try ledger.saveCheck(
      FileCheckRecord(blockSize: 1, blockDigests: [], recordsRead: 2, valid: 2, invalid: 0), of: run,
      now: LedgerFixture.start)
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "B")] }
    try ledger.commit(run) {
      $0.settlements = [LedgerFixture.settlement(1, "B", .created)]
      $0.differences = [Self.difference(1, Self.customer, .changing)]
    }
    let later = ledger.latestTime.advanced(byMilliseconds: 9_000)
    #expect(try ledger.strikeOffChanges(ofFile: digits, landing: 1_000, now: later)?.isDone == true)
    let left = try #require(try ledger.fileRun(run))
    #expect(!left.isFinished && left.verdict == nil && !left.hasOpenChanges)
  }

  @Test func `what a row gave a party last is forgotten with a change beside the rows, and with nothing else`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let key = PartyKey(.customer, "C")
    func give(_ record: Int) throws {
      var intent = LedgerFixture.intent(record, "C", form: .change)
      intent.claim = .change(of: .customer, setsBalance: false)
      try ledger.commit(run) { $0.intents = [intent] }
      var settlement = LedgerFixture.settlement(record, "C", .updated, id: "bcus_1")
      (settlement.claim, settlement.attributes) = (intent.claim, 7)
      try ledger.commit(run) { $0.settlements = [settlement] }
      #expect(try ledger.attributes(of: key) == 7)
    }
    try give(1)
    try ledger.commit(run) {
      $0.differences = [Self.difference(2, key, .left), Self.difference(2, PartyKey(.account, "C"), .changing)]
    }
    try ledger.commit(run) { $0.differences = [Self.difference(2, key, .changing, [])] }
    #expect(try ledger.attributes(of: key) == 7)
    try ledger.commit(run) { $0.differences = [Self.difference(2, key, .changing)] }
    #expect(try ledger.attributes(of: key) == nil)
    try give(3)
    try ledger.commit(run) { $0.differences = [Self.difference(2, key, .changed)] }
    #expect(try ledger.attributes(of: key) == nil)
  }

  @Test func `which file run compared a party last is known, of parties that are known`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let other = try ledger.run("b.csv")
    try ledger.commit(run) { batch in
      batch.parties = [KnownParty(key: Self.account, id: "bacc_1", customerReference: "C")]
      batch.compared = [Self.account, Self.customer]
    }
    #expect(try ledger.isCompared(Self.account, in: run))
    #expect(try !ledger.isCompared(Self.account, in: other))
    #expect(try !ledger.isCompared(Self.customer, in: run))
    try ledger.commit(other) { $0.compared = [Self.account] }
    #expect(try ledger.isCompared(Self.account, in: other))
    #expect(
      try ledger.party(Self.account) == .known(KnownParty(key: Self.account, id: "bacc_1", customerReference: "C")))
  }

  @Test func `differences survive the ledger's holder`() throws {
    let difference = Self.difference(4, Self.account, .changing, ["name"])
    do {
      let ledger = try fixture.open()
      let run = try ledger.run()
      try ledger.commit(run) { $0.differences = [difference] }
    }
    let ledger = try fixture.open()
    #expect(try ledger.openChanges(of: try ledger.run()) == [difference])
  }
}
