import BillModel
import Testing

@testable import BillLedger

@Suite struct LedgerClaimsTests {
  let fixture = LedgerFixture()
  static let account = PartyKey(.account, "ACC-1")

  /// What became of record 1 of the first file, which claimed the bill `A` and the account `ACC-1`.
  enum History: CaseIterable, Sendable {
    case underWay, unknown, created, unchanged, updated, refused, conflict, rejected, notSent, withdrawn

    /// Record 1 holds the bill yet, or holds it for good.
    var holdsBill: Bool {
      switch self {
      case .underWay, .unknown, .created, .unchanged, .updated: true
      case .refused, .conflict, .rejected, .notSent, .withdrawn: false
      }
    }

    /// Record 1 holds the party yet: its answer named none.
    var holdsParty: Bool { self == .underWay || self == .unknown }

    var outcome: RowOutcome? {
      switch self {
      case .underWay, .unknown, .withdrawn: nil
      case .created: .created
      case .unchanged: .unchanged
      case .updated: .updated
      case .refused: .refused
      case .conflict: .conflict
      case .rejected: .rejected
      case .notSent: .notSent
      }
    }
  }

  private func play(_ history: History, _ ledger: Ledger, _ run: FileRunID) throws {
    try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: Self.account)]
      $0.intents = [LedgerFixture.intent(1, "A")]
    }
    try ledger.commit(run) {
      if let outcome = history.outcome {
        $0.settlements = [LedgerFixture.settlement(1, "A", outcome, id: "bill_1")]
      } else if history == .unknown {
        $0.unknowns = [1]
      } else if history == .withdrawn {
        $0.withdrawals = [RowWithdrawal(record: 1, nextEpoch: 2, attempts: 1)]
      }
    }
  }

  @Test(arguments: History.allCases)
  func `rule 14: another row gets the bill only where the first holds it no more`(history: History) throws {
    let ledger = try fixture.open()
    let first = try ledger.run()
    let second = try ledger.run("b.csv")
    try play(history, ledger, first)
    let holder = RowAddress(fileRun: first, record: 1)
    let state: BillState = history.outcome == nil ? .claimed(by: holder) : .settled(billID: "bill_1", by: holder)
    #expect(try ledger.bill("A") == (history.holdsBill ? state : nil))
    let refused = try ledger.commit(second) { $0.intents = [LedgerFixture.intent(5, "A")] }
    if history.holdsBill {
      #expect(refused == [RefusedClaim(record: 5, reason: .bill(reference: "A", state))])
      #expect(try ledger.rows(of: second, after: 0, limit: 9) == [])
    } else {
      #expect(refused == [])
      #expect(try ledger.bill("A") == .claimed(by: RowAddress(fileRun: second, record: 5)))
    }
  }

  @Test(arguments: History.allCases)
  func `rule 14: another row gets the party only where the first holds it no more`(history: History) throws {
    let ledger = try fixture.open()
    let first = try ledger.run()
    let second = try ledger.run("b.csv")
    try play(history, ledger, first)
    let state = PartyState.claimed(by: RowAddress(fileRun: first, record: 1))
    #expect(try ledger.party(Self.account) == (history.holdsParty ? state : nil))
    #expect(
      try ledger.partyClaims(of: RowAddress(fileRun: first, record: 1)) == (history.holdsParty ? [Self.account] : []))
    let refused = try ledger.commit(second) {
      $0.partyClaims = [PartyClaim(record: 5, key: Self.account)]
      $0.intents = [LedgerFixture.intent(5, "B")]
    }
    if history.holdsParty {
      #expect(refused == [RefusedClaim(record: 5, reason: .party(Self.account, state))])
      #expect(try ledger.bill("B") == nil)
      #expect(try ledger.row(RowAddress(fileRun: second, record: 5)) == nil)
    } else {
      #expect(refused == [])
      #expect(try ledger.party(Self.account) == .claimed(by: RowAddress(fileRun: second, record: 5)))
    }
  }

  @Test func `a party that is known can't be claimed, and is handed back with its id`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let party = KnownParty(key: Self.account, id: "bacc_1", customerReference: "CUS-1")
    try ledger.commit(run) { $0.parties = [party] }
    let refused = try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 2, key: Self.account)]
      $0.intents = [LedgerFixture.intent(2, "B"), LedgerFixture.intent(3, "C")]
    }
    #expect(refused == [RefusedClaim(record: 2, reason: .party(Self.account, .known(party)))])
    #expect(try ledger.rows(of: run, after: 0, limit: 9).map(\.record) == [3])
  }

  @Test(arguments: ["../../../x\u{1B}[2J", "sk_test_1", "bcus_1", "bacc_", ""])
  func `a party that a version before knew by what is no id is known no more, and is claimed and learned anew`(
    id: String
  ) throws {
    let known = KnownParty(key: Self.account, id: "bacc_1", customerReference: "CUS-1")
    do {
      let ledger = try fixture.open()
      try ledger.commit(try ledger.run()) { $0.parties = [KnownParty(key: Self.account, id: id)] }
    }
    do {
      let ledger = try fixture.open()
      let run = try ledger.run("b.csv")
      #expect(try ledger.party(Self.account) == nil)
      var all: [KnownParty] = []
      try ledger.eachParty { all.append($0) }
      #expect(all == [])
      let refused = try ledger.commit(run) {
        $0.partyClaims = [PartyClaim(record: 1, key: Self.account)]
        $0.intents = [LedgerFixture.intent(1, "A")]
      }
      #expect(refused == [])
      try ledger.commit(run) { $0.unknowns = [1] }
    }
    // The claim is in the ledger, and not in memory alone.
    let ledger = try fixture.open()
    let run = try ledger.run("b.csv")
    #expect(try ledger.party(Self.account) == .claimed(by: RowAddress(fileRun: run, record: 1)))
    try ledger.commit(run) { $0.parties = [known] }
    #expect(try ledger.party(Self.account) == .known(known))
  }

  @Test func `an answer that names the parties turns the carrier's claims into knowledge`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let customer = PartyKey(.customer, "CUS-1")
    try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: Self.account), PartyClaim(record: 1, key: customer)]
      $0.intents = [LedgerFixture.intent(1, "A")]
    }
    #expect(try Set(ledger.partyClaims(of: RowAddress(fileRun: run, record: 1))) == [customer, Self.account])
    let known = [
      KnownParty(key: Self.account, id: "bacc_1", customerReference: "CUS-1"), KnownParty(key: customer, id: "bcus_1"),
    ]
    try ledger.commit(run) {
      $0.parties = known
      $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")]
    }
    #expect(try ledger.party(Self.account) == .known(known[0]))
    #expect(try ledger.party(customer) == .known(known[1]))
    #expect(try ledger.partyClaims(of: RowAddress(fileRun: run, record: 1)) == [])
  }

  @Test func `the customer of an account stays known where a later answer doesn't name it`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.parties = [KnownParty(key: Self.account, id: "bacc_1", customerReference: "CUS-1")] }
    try ledger.commit(run) { $0.parties = [KnownParty(key: Self.account, id: "bacc_1")] }
    #expect(
      try ledger.party(Self.account) == .known(KnownParty(key: Self.account, id: "bacc_1", customerReference: "CUS-1")))
  }

  @Test func `a customer and an account of one reference are two parties`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let refused = try ledger.commit(run) {
      $0.partyClaims = [
        PartyClaim(record: 1, key: PartyKey(.customer, "X")), PartyClaim(record: 2, key: PartyKey(.account, "X")),
      ]
      $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B")]
    }
    #expect(refused == [])
  }

  @Test func `claiming again what the row holds is no conflict`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    for epoch in 1...2 {
      let refused = try ledger.commit(run) {
        $0.partyClaims = [PartyClaim(record: 1, key: Self.account)]
        $0.intents = [LedgerFixture.intent(1, "A", epoch: epoch)]
      }
      #expect(refused == [])
    }
    #expect(try ledger.party(Self.account) == .claimed(by: RowAddress(fileRun: run, record: 1)))
  }

  @Test func `rule 14: of two rows in one batch the first has the claim and the second is told so`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let refused = try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: Self.account), PartyClaim(record: 2, key: Self.account)]
      $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B"), LedgerFixture.intent(3, "A")]
    }
    let holder = RowAddress(fileRun: run, record: 1)
    #expect(
      refused == [
        RefusedClaim(record: 2, reason: .party(Self.account, .claimed(by: holder))),
        RefusedClaim(record: 3, reason: .bill(reference: "A", .claimed(by: holder))),
      ])
    #expect(try ledger.rows(of: run, after: 0, limit: 9).map(\.record) == [1])
  }

  @Test func `a row whose claim is refused keeps none of the claims of its batch, and those from before`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    let keys = ["CUS-1", "CUS-2", "CUS-3"].map { PartyKey(.customer, $0) }
    try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: keys[2]), PartyClaim(record: 2, key: keys[0])]
      $0.intents = [LedgerFixture.intent(1, "A"), LedgerFixture.intent(2, "B")]
    }
    let refused = try ledger.commit(run) {
      $0.partyClaims = [
        PartyClaim(record: 2, key: keys[1]), PartyClaim(record: 2, key: keys[2]), PartyClaim(record: 2, key: keys[1]),
        PartyClaim(record: 3, key: PartyKey(.customer, "CUS-4")),
      ]
      $0.intents = [LedgerFixture.intent(2, "B", epoch: 2), LedgerFixture.intent(3, "A")]
    }
    #expect(refused.map(\.record) == [2, 3])
    #expect(try ledger.partyClaims(of: RowAddress(fileRun: run, record: 2)) == [keys[0]])
    #expect(try ledger.party(keys[1]) == nil)
    #expect(try ledger.party(PartyKey(.customer, "CUS-4")) == nil)
    #expect(
      try ledger.rows(of: run, after: 1, limit: 9).map(\.state) == [
        .intended(LedgerFixture.intent(2, "B"), unknown: false)
      ])
  }

  @Test func `a batch hands a party on: settled and claimed by the next in one commit`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: Self.account)]
      $0.intents = [LedgerFixture.intent(1, "A")]
    }
    let refused = try ledger.commit(run) {
      $0.settlements = [LedgerFixture.settlement(1, "A", .refused)]
      $0.partyClaims = [PartyClaim(record: 2, key: Self.account)]
      $0.intents = [LedgerFixture.intent(2, "B")]
    }
    #expect(refused == [])
    #expect(try ledger.party(Self.account) == .claimed(by: RowAddress(fileRun: run, record: 2)))
  }

  @Test func `a claim given up without a settlement is free, and only its holder can give it up`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) {
      $0.partyClaims = [PartyClaim(record: 1, key: Self.account)]
      $0.intents = [LedgerFixture.intent(1, "A")]
    }
    try ledger.commit(run) { $0.releasedClaims = [PartyClaim(record: 2, key: Self.account)] }
    #expect(try ledger.party(Self.account) != nil)
    try ledger.commit(run) { $0.releasedClaims = [PartyClaim(record: 1, key: Self.account)] }
    #expect(try ledger.party(Self.account) == nil)
    #expect(try ledger.bill("A") == .claimed(by: RowAddress(fileRun: run, record: 1)))
  }

  @Test func `a bill that another row holds stays that row's when a second finds it the same`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
    try ledger.commit(run) { $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")] }
    let later = try ledger.run("b.csv")
    try ledger.commit(later) { $0.settlements = [LedgerFixture.settlement(4, "A", .unchanged, id: "bill_1")] }
    #expect(try ledger.bill("A") == .settled(billID: "bill_1", by: RowAddress(fileRun: run, record: 1)))
    #expect(try ledger.counts(of: later).settled == [.unchanged: 1])
  }

  @Test func `a batch that fails leaves every claim as it was, now and after a restart`() throws {
    let other = PartyKey(.customer, "CUS-1")
    var run = FileRunID(0)
    func expectFirstClaim(_ ledger: Ledger) throws {
      let first = RowAddress(fileRun: run, record: 1)
      #expect(try ledger.party(Self.account) == .claimed(by: first))
      #expect(try ledger.partyClaims(of: first) == [Self.account])
      #expect(try ledger.party(other) == nil)
      #expect(try ledger.partyClaims(of: RowAddress(fileRun: run, record: 2)) == [])
    }
    do {
      let ledger = try fixture.open()
      run = try ledger.run()
      try ledger.commit(run) {
        $0.partyClaims = [PartyClaim(record: 1, key: Self.account)]
        $0.intents = [LedgerFixture.intent(1, "A")]
      }
      #expect(throws: LedgerError.self) {
        try ledger.commit(run) {
          $0.parties = [KnownParty(key: Self.account, id: "bacc_1")]
          $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")]
          $0.partyClaims = [PartyClaim(record: 2, key: other)]
          $0.intents = [LedgerFixture.intent(2, "B"), LedgerFixture.intent(1, "C")]
        }
      }
      try expectFirstClaim(ledger)
    }
    try expectFirstClaim(try fixture.open())
  }
}
