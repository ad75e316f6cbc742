import BillModel
import Hashing
import Testing

@testable import BillLedger

@Suite struct LedgerRowsTests {
  let fixture = LedgerFixture()

  @Test(
    arguments: [
      .nested, .accountUnder(customerID: "bcus_1"), .account(id: "bacc_1"), .customer(id: "bcus_2"),
    ] as [BodyForm])
  func `an intent comes back whole after the ledger is opened again`(form: BodyForm) throws {
    let intent = LedgerFixture.intent(
      7, "INV-ä-7", epoch: 3, form: form, body: "x", at: LedgerFixture.start.advanced(byMilliseconds: 5), attempts: 2)
    var run = FileRunID(0)
    do {
      let ledger = try fixture.open()
      run = try ledger.run()
      #expect(try ledger.commit(run) { $0.intents = [intent] } == [])
    }
    let ledger = try fixture.open()
    #expect(
      try ledger.rows(of: run, after: 0, limit: 10) == [
        LedgerRow(record: 7, state: .intended(intent, unknown: false))
      ])
    #expect(try ledger.row(RowAddress(fileRun: run, record: 7))?.state == .intended(intent, unknown: false))
    #expect(try ledger.row(RowAddress(fileRun: run, record: 8)) == nil)
    #expect(try ledger.counts(of: run) == RowCounts(intended: 1))
  }

  @Test(arguments: RowOutcome.allCases.filter { $0 != .unknown })
  func `a settlement comes back whole, with an intent before it or without`(outcome: RowOutcome) throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [LedgerFixture.intent(1, "A")] }
    var first = LedgerFixture.settlement(1, "A", outcome, id: "bill_1")
    first.code = .recordNul
    first.field = "account.customer.name"
    first.message = "says no"
    first.confirmedBy = .lookup
    let second = LedgerFixture.settlement(2, "B", outcome, epoch: 2)
    try ledger.commit(run) { $0.settlements = [first, second] }
    #expect(try ledger.rows(of: run, after: 0, limit: 10).map(\.state) == [.settled(first), .settled(second)])
    #expect(try ledger.counts(of: run) == RowCounts(settled: [outcome: 2]))
  }

  @Test func `fates tell of rows what their states do`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    var settlements = RowOutcome.allCases.filter { $0 != .unknown }.enumerated().map { index, outcome in
      LedgerFixture.settlement(index * 2 + 10, "S-\(index)", outcome, id: index % 2 == 0 ? "bill_\(index)" : nil)
    }
    (settlements[2].code, settlements[2].field, settlements[2].message) = (.apiRefused, "currency", "says no")
    try ledger.commit(run) { batch in
      batch.intents = (1...3).map { LedgerFixture.intent($0, "I-\($0)", attempts: $0) }
      batch.settlements = settlements
    }
    try ledger.commit(run) { $0.unknowns = [2] }
    try ledger.commit(run) { $0.withdrawals = [RowWithdrawal(record: 3, nextEpoch: 2, attempts: 3)] }
    let rows = try ledger.rows(of: run, after: 0, limit: 100)
    let fates = rows.map { RowFate(record: $0.record, $0.state) }
    #expect(fates.count == settlements.count + 3)
    #expect(try ledger.fates(of: run, after: 0, limit: 100) == fates)
    #expect(try ledger.fates(of: run, after: 2, limit: 4) == Array(fates[2..<6]))
    #expect(try ledger.fates(of: run, after: 1_000, limit: 4) == [])
  }
}
