import BillModel
import Testing

@testable import BillLedger

/// Where claims on parties stand: of a ledger in a file in the rows under way, and of rows given up in a table.
@Suite struct LedgerCarriersTests {
  private let fixture = LedgerFixture()
  private static let account = PartyKey(.account, "ACC-1")
  private static let customer = PartyKey(.customer, "CUS-1")

  /// Opens the ledger, works on it, and closes it.
  @discardableResult
  private func visit<Value>(_ work: (Ledger) throws -> Value) throws -> Value { try work(try fixture.open()) }

  /// A file run with two rows under way, of which the first claims these parties.
  private func begin(_ keys: some Collection<PartyKey>, isUnknown: Bool = false) throws -> FileRunID {
    try visit { (ledger: Ledger) throws in
      let run = try ledger.run()
      try ledger.commit(run) {
        $0.partyClaims = keys.map { PartyClaim(record: 1, key: $0) }
        $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B")]
      }
      if isUnknown { try ledger.commit(run) { $0.unknowns = [1] } }
      return run
    }
  }

  @Test(arguments: [false, true], [1, 3])
  func `rule 14: what a row claims outlasts a restart, also where it was given up`(isUnknown: Bool, count: Int) throws {
    let keys = [Self.account, Self.customer, PartyKey(.account, "ACC-2")].prefix(count)
    let run = try begin(keys, isUnknown: isUnknown)
    let holder = RowAddress(fileRun: run, record: 1)
    try visit { (ledger: Ledger) throws in
      #expect(try Set(ledger.partyClaims(of: holder)) == Set(keys))
      for key in keys { #expect(try ledger.party(key) == .claimed(by: holder)) }
      let refused = try ledger.commit(run) {
        $0.attempts = isUnknown ? [AttemptCount(record: 1, attempts: 2)] : []
        $0.partyClaims = [PartyClaim(record: 3, key: Self.account)]
        $0.intents = [LedgerFixture.intent(3, "C")]
      }
      #expect(refused.map(\.record) == [3])
    }
    try visit { (ledger: Ledger) throws in
      try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .refused)] }
    }
    try visit { (ledger: Ledger) throws in
      for key in keys { #expect(try ledger.party(key) == nil) }
      #expect(try ledger.partyClaims(of: holder) == [])
    }
  }

  @Test func `a party that became known is claimed no more by its carrier under way, after a restart neither`() throws {
    let run = try begin([Self.account, Self.customer])
    let known = KnownParty(key: Self.customer, id: "bcus_1")
    try visit { (ledger: Ledger) throws in try ledger.commit(run) { $0.parties = [known] } }
    for _ in 1...2 {
      try visit { (ledger: Ledger) throws in
        #expect(try ledger.party(Self.customer) == .known(known))
        #expect(try ledger.partyClaims(of: RowAddress(fileRun: run, record: 1)) == [Self.account])
        try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A", epoch: 2)] }
      }
    }
  }

  @Test func `a claim that was given up without a settlement is none after a restart either`() throws {
    let run = try begin([Self.account, Self.customer])
    try visit { (ledger: Ledger) throws in
      try ledger.commit(run) { $0.releasedClaims = [PartyClaim(record: 1, key: Self.account)] }
    }
    try visit { (ledger: Ledger) throws in
      #expect(try ledger.party(Self.account) == nil)
      #expect(try ledger.partyClaims(of: RowAddress(fileRun: run, record: 1)) == [Self.customer])
    }
  }

  @Test func `a row taken back claims nothing after a restart`() throws {
    let run = try begin([Self.account, Self.customer])
    try visit { (ledger: Ledger) throws in
      try ledger.commit(run) { $0.withdrawals = [RowWithdrawal(record: 1, nextEpoch: 1, attempts: 0)] }
    }
    try visit { (ledger: Ledger) throws in #expect(try ledger.party(Self.account) == nil) }
  }
}
