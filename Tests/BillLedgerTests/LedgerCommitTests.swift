import BillModel
import Testing

@testable import BillLedger

@Suite struct LedgerCommitTests {
  let fixture = LedgerFixture()

  private func state(_ ledger: Ledger, _ run: FileRunID, _ record: Int) throws -> RowState? {
    try ledger.row(RowAddress(fileRun: run, record: record))?.state
  }

  @Test func `a row marked unknown keeps its intent, and attempts put it under way again`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    var intent = LedgerFixture.intent(1, "A")
    try ledger.commit(run) { $0.intents = [intent] }
    try ledger.commit(run) { $0.unknowns = [1] }
    #expect(try state(ledger, run, 1) == .intended(intent, unknown: true))
    #expect(try ledger.counts(of: run) == RowCounts(unknown: 1))
    try ledger.commit(run) { $0.attempts = [AttemptCount(record: 1, attempts: 2)] }
    intent.attempts = 2
    #expect(try state(ledger, run, 1) == .intended(intent, unknown: false))
    #expect(try ledger.counts(of: run) == RowCounts(intended: 1))
  }

  @Test func `a settlement unknown is a mark, not a settlement`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .unknown)] }
    #expect(try state(ledger, run, 1) == .intended(LedgerFixture.intent(1, "A"), unknown: true))
    #expect(try ledger.bill("A") != nil)
  }

  @Test func `a row taken back keeps its next epoch and claims nothing`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let customer = PartyKey(.customer, "CUS-1")
    try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: customer)]
      $0.intents = [LedgerFixture.intent(1, "A")]
    }
    try ledger.commit(run) { $0.withdrawals = [RowWithdrawal(record: 1, nextEpoch: 2, attempts: 1)] }
    #expect(try state(ledger, run, 1) == .unsent(nextEpoch: 2, attempts: 1))
    #expect(try ledger.counts(of: run) == RowCounts(unsent: 1))
    #expect(try ledger.bill("A") == nil)
    #expect(try ledger.party(customer) == nil)
    #expect(throws: LedgerError.self) {
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", epoch: 1)] }
    }
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", epoch: 2)] }
    #expect(try ledger.counts(of: run) == RowCounts(intended: 1))
  }

  @Test func `a refused row is sent again under a later epoch only`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .refused)] }
    #expect(
      throws: LedgerError.contradiction(
        RowAddress(fileRun: run, record: 1), "epoch 1 ended, and is intended again")
    ) {
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
    }
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", epoch: 2, body: "mended")] }
    #expect(try ledger.counts(of: run) == RowCounts(intended: 1))
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .created, epoch: 2, id: "bill_1")] }
    #expect(try ledger.counts(of: run) == RowCounts(settled: [.created: 1]))
  }

  @Test func `rule 2: an unresolved intent written again keeps its first send`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
    let later = LedgerFixture.start.advanced(byMilliseconds: 60_000)
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", at: later, attempts: 2)] }
    #expect(try state(ledger, run, 1) == .intended(LedgerFixture.intent(1, "A", attempts: 2), unknown: false))
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", epoch: 2, body: "other", at: later)] }
    #expect(
      try state(ledger, run, 1)
        == .intended(LedgerFixture.intent(1, "A", epoch: 2, body: "other", at: later), unknown: false))
    #expect(try ledger.counts(of: run) == RowCounts(intended: 1))
  }

  /// Batches that contradict a ledger in which record 1 is created, 2 under way, and 3 unknown to it.
  static let contradictions: [@Sendable (inout LedgerBatch) -> Void] = [
    { $0.intents = [LedgerFixture.intent(2, "B", epoch: 2, body: "another body")] },
    { $0.intents = [LedgerFixture.intent(2, "B", epoch: 2, form: .account(id: "bacc_1"))] },
    { $0.intents = [LedgerFixture.intent(2, "B", epoch: 1)] },
    { $0.settlements = [LedgerFixture.settlement(1, "A", .refused)] },
    { $0.unknowns = [1] },
    { $0.unknowns = [3] },
    { $0.attempts = [AttemptCount(record: 1, attempts: 2)] },
    { $0.withdrawals = [RowWithdrawal(record: 1, nextEpoch: 2, attempts: 1)] },
    { $0.withdrawals = [RowWithdrawal(record: 2, nextEpoch: 1, attempts: 1)] },
  ]

  @Test(arguments: contradictions.indices)
  func `rule 2: a batch that contradicts what is held writes nothing`(index: Int) throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B", epoch: 2)] }
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")] }
    let before = try ledger.rows(of: run, after: 0, limit: 9)
    let error = #expect(throws: LedgerError.self) {
      try ledger.commit(run) {
        $0.parties = [KnownParty(key: PartyKey(.customer, "CUS-1"), id: "bcus_1")]
        $0.requests.sent = 1
        Self.contradictions[index](&$0)
      }
    }
    guard case .contradiction = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try ledger.rows(of: run, after: 0, limit: 9) == before)
    #expect(try ledger.party(PartyKey(.customer, "CUS-1")) == nil)
    #expect(try ledger.counts(of: run) == RowCounts(intended: 1, settled: [.created: 1]))
    #expect(try ledger.fileRun(run)?.requests == RequestCounts())
  }

  @Test func `a bill that a row created is not claimed again by the row itself`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")] }
    let refused = try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", epoch: 2)] }
    let held = BillState.settled(billID: "bill_1", by: RowAddress(fileRun: run, record: 1))
    #expect(refused == [RefusedClaim(record: 1, reason: .bill(reference: "A", held))])
    #expect(try ledger.counts(of: run) == RowCounts(settled: [.created: 1]))
  }

  @Test func `the same settlement twice counts once`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    for _ in 0..<2 {
      try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")] }
    }
    #expect(try ledger.counts(of: run) == RowCounts(settled: [.created: 1]))
  }

  @Test func `requests add up over batches and restarts`() throws {
    var run = FileRunID(0)
    for round in 1...2 {
      let ledger = try fixture.open()
      run = try ledger.run()
      try ledger.commit(run) { $0.requests = RequestCounts(sent: 5, retried: 2, throttled: 1, replayed: 1) }
      #expect(
        try ledger.fileRun(run)?.requests
          == RequestCounts(sent: 5 * round, retried: 2 * round, throttled: round, replayed: round))
    }
  }

  @Test func `the latest time is the latest of all that was written, and only ever grows`() throws {
    let late: WallTime
    do {
      let ledger = try fixture.open()
      // A server has a time of its own.
      #expect(ledger.isShared || ledger.latestTime == LedgerFixture.start)
      late = ledger.latestTime.advanced(byMilliseconds: 600_000)
      let run = try ledger.run()
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", at: late)] }
      #expect(ledger.latestTime == late)
      try ledger.commit(run, now: LedgerFixture.start.advanced(byMilliseconds: -9)) { $0.requests.sent = 1 }
      #expect(ledger.latestTime == late)
    }
    #expect(try fixture.open().latestTime == late)
  }

  @Test func `rows come in record order by pages, whatever order they were written in`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let other = try ledger.run("b.csv")
    let records = [9, 3, 1_000_000, 1, 77]
    for record in records {
      try ledger.commit(run) { $0.intents = [LedgerFixture.intent(record, "R\(record)")] }
      try ledger.commit(other) { $0.intents = [LedgerFixture.intent(record, "S\(record)")] }
    }
    var seen: [Int] = []
    while true {
      let page = try ledger.rows(of: run, after: seen.last ?? 0, limit: 2)
      if page.isEmpty { break }
      #expect(page.count <= 2)
      seen += page.map(\.record)
    }
    #expect(seen == records.sorted())
  }

  @Test func `texts of any length and script come back as they were`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let texts = ["", "é😀\u{0}x", String(repeating: "ß", count: 5_000)]
    var settlements: [RowSettlement] = []
    for (record, text) in texts.enumerated() {
      var settlement = LedgerFixture.settlement(record + 1, "R\(record)" + text, .refused)
      settlement.message = text
      settlement.field = text
      settlements.append(settlement)
    }
    try ledger.commit(run) { $0.settlements = settlements }
    if LedgerServer.isWanted {
      // PostgreSQL keeps no U+0000; a picture of it stands for it.
      for index in settlements.indices {
        settlements[index].reference = settlements[index].reference.replacing("\0", with: "\u{2400}")
        settlements[index].message = settlements[index].message?.replacing("\0", with: "\u{2400}")
        settlements[index].field = settlements[index].field?.replacing("\0", with: "\u{2400}")
      }
    }
    #expect(try ledger.rows(of: run, after: 0, limit: 9).map(\.state) == settlements.map { .settled($0) })
  }
}
