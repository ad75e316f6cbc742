import BillModel
import Testing

@testable import BillLedger

/// What tells new parties from those that were met, without a look into the database.
@Suite struct PartyFilterTests {
  private static func key(_ number: Int) -> PartyKey {
    PartyKey(number.isMultiple(of: 2) ? .customer : .account, "P-\(number)")
  }

  @Test func `what was met is never taken for new, and nearly all else is`() throws {
    let filter = try #require(PartyFilter())
    for number in 0..<20_000 { filter.note(Self.key(number)) }
    #expect((0..<20_000).allSatisfy { filter.mayHold(Self.key($0)) })
    #expect((20_000..<40_000).filter { filter.mayHold(Self.key($0)) }.count < 200)
  }

  @Test func `a ledger knows what it met since it was begun, and what it met before it was opened`() throws {
    let fixture = LedgerFixture()
    let known = KnownParty(key: PartyKey(.customer, "CUS-1"), id: "bcus_1")
    let claimed = PartyKey(.account, "ACC-1")
    let stranger = PartyKey(.customer, "CUS-2")
    let holder: RowAddress
    do {
      let ledger = try fixture.open()
      let run = try ledger.run()
      holder = RowAddress(fileRun: run, record: 1)
      for key in [known.key, claimed, stranger] { #expect(try ledger.party(key) == nil) }
      try ledger.commit(run) {
        $0.parties = [known]
        $0.partyClaims = [PartyClaim(record: 1, key: claimed)]
        $0.intents = [LedgerFixture.intent(1, "A")]
      }
      #expect(try ledger.party(known.key) == .known(known))
      #expect(try ledger.party(claimed) == .claimed(by: holder))
      #expect(try ledger.party(stranger) == nil)
      let refused = try ledger.commit(run) {
        $0.partyClaims = [PartyClaim(record: 2, key: claimed), PartyClaim(record: 3, key: known.key)]
        $0.intents = [LedgerFixture.intent(2, "B"), LedgerFixture.intent(3, "C")]
      }
      #expect(refused.map(\.record).sorted() == [2, 3])
    }
    let ledger = try fixture.open()
    #expect(try ledger.party(known.key) == .known(known))
    #expect(try ledger.party(claimed) == .claimed(by: holder))
    #expect(try ledger.party(stranger) == nil)
  }

  @Test func `a transaction that failed leaves no party behind that is taken for new`() throws {
    let fixture = LedgerFixture()
    let ledger = try fixture.open()
    let run = try ledger.run()
    let key = PartyKey(.customer, "CUS-1")
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(2, "B")] }
    #expect(throws: LedgerError.self) {
      try ledger.commit(run) {
        $0.partyClaims = [PartyClaim(record: 1, key: key)]
        $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B", body: "another")]
      }
    }
    #expect(try ledger.party(key) == nil)
    try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: key)]
      $0.intents = [LedgerFixture.intent(1, "A")]
    }
    #expect(try ledger.party(key) == .claimed(by: RowAddress(fileRun: run, record: 1)))
  }
}
