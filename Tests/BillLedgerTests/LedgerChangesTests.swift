import BillModel
import Hashing
import Testing

@testable import BillLedger

/// Objects that rows change: one row at a time, and no older file's balance over a newer one's.
@Suite struct LedgerChangesTests {
  private let fixture = LedgerFixture()
  private static let claim = RowClaim.change(of: .customer, setsBalance: true)

  private static func run(
    _ ledger: Ledger, _ name: String, position: Int64?, approval: String? = nil
  ) throws -> FileRunID {
    try ledger.openFileRun(
      LedgerFixture.file(name), layout: LedgerFixture.layout(),
      order: FileOrder(.customerBalance, position: position), approval: approval, now: LedgerFixture.start
    ).id
  }

  private static func intent(_ record: Int, _ reference: String, _ claim: RowClaim = claim) -> RowIntent {
    var intent = LedgerFixture.intent(record, reference, form: .change)
    intent.claim = claim
    return intent
  }

  private static func intend(
    _ ledger: Ledger, _ run: FileRunID, _ intents: RowIntent...
  ) throws -> [RefusedClaim] {
    var batch = LedgerBatch()
    batch.intents = intents
    return try ledger.commit(batch, fileRun: run, now: LedgerFixture.start)
  }

  private static func settle(
    _ ledger: Ledger, _ run: FileRunID, _ record: Int, _ reference: String, _ outcome: RowOutcome,
    _ claim: RowClaim = claim
  ) throws {
    var settlement = LedgerFixture.settlement(record, reference, outcome, id: "bcus_1")
    settlement.claim = claim
    var batch = LedgerBatch()
    batch.settlements = [settlement]
    _ = try ledger.commit(batch, fileRun: run, now: LedgerFixture.start)
  }

  @Test func `rule 16: an object whose change is open is nobody else's to change, in this file or another`() throws {
    let ledger = try fixture.open()
    let first = try Self.run(ledger, "a.csv", position: 1)
    let second = try Self.run(ledger, "b.csv", position: 2)
    #expect(try Self.intend(ledger, first, Self.intent(1, "C")).isEmpty)
    let held = RefusedClaim(
      record: 4, reason: .change(reference: "C", by: RowAddress(fileRun: first, record: 1)))
    #expect(try Self.intend(ledger, first, Self.intent(4, "C")) == [held])
    #expect(try Self.intend(ledger, second, Self.intent(4, "C")) == [held])
    #expect(try ledger.row(RowAddress(fileRun: second, record: 4)) == nil)
    try Self.settle(ledger, first, 1, "C", .updated)
    #expect(try Self.intend(ledger, second, Self.intent(4, "C")).isEmpty)
  }

  @Test func `the same row takes its own change up again, and an unknown one stays open`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger, "a.csv", position: 1)
    _ = try Self.intend(ledger, run, Self.intent(1, "C"))
    var batch = LedgerBatch()
    batch.unknowns = [1]
    _ = try ledger.commit(batch, fileRun: run, now: LedgerFixture.start)
    #expect(try ledger.change(of: .customer, "C")?.isOpen == true)
    #expect(try Self.intend(ledger, run, Self.intent(1, "C")).isEmpty)
    guard case .intended(let intent, _) = try ledger.row(RowAddress(fileRun: run, record: 1))?.state else {
      Issue.record("no intent")
      return
    }
    #expect(intent.claim == Self.claim)
    #expect(intent.form == .change)
  }

  @Test func `rule 18: a balance of a newer file stays, and a row taken back leaves none`() throws {
    let ledger = try fixture.open()
    let newer = try Self.run(ledger, "new.csv", position: 20_260_202)
    let older = try Self.run(ledger, "old.csv", position: 20_260_201)
    _ = try Self.intend(ledger, newer, Self.intent(1, "C"), Self.intent(2, "D"), Self.intent(3, "E"))
    try Self.settle(ledger, newer, 1, "C", .updated)
    try Self.settle(ledger, newer, 2, "D", .refused)
    var batch = LedgerBatch()
    batch.withdrawals = [RowWithdrawal(record: 3, nextEpoch: 2, attempts: 1)]
    _ = try ledger.commit(batch, fileRun: newer, now: LedgerFixture.start)
    let refused = try Self.intend(
      ledger, older, Self.intent(1, "C"), Self.intent(2, "D"), Self.intent(3, "E"), Self.intent(4, "F"))
    #expect(refused == [RefusedClaim(record: 1, reason: .newerBalance(reference: "C", of: newer))])
    // What isn't a balance may change.
    #expect(
      try Self.intend(ledger, older, Self.intent(5, "C", .change(of: .customer, setsBalance: false))).isEmpty)
  }

  private static let addition = RowClaim.change(of: .customer, setsBalance: true, adds: true)

  @Test func `rule 18: what an older file adds goes beside what a newer one has added, not behind what it has set`()
    throws
  {
    let ledger = try fixture.open()
    let newer = try Self.run(ledger, "new.csv", position: 20_260_202)
    let older = try Self.run(ledger, "old.csv", position: 20_260_201)
    _ = try Self.intend(ledger, newer, Self.intent(1, "C", Self.addition))
    try Self.settle(ledger, newer, 1, "C", .updated, Self.addition)
    #expect(try !ledger.hasNewerBalance(of: .customer, "C", than: 20_260_201, forAddition: true))
    #expect(try ledger.hasNewerBalance(of: .customer, "C", than: 20_260_201, forAddition: false))
    #expect(try Self.intend(ledger, older, Self.intent(1, "C", Self.addition)).isEmpty)
    try Self.settle(ledger, older, 1, "C", .updated, Self.addition)
    // An older balance would take back what either has added.
    let refused = RefusedClaim(record: 2, reason: .newerBalance(reference: "C", of: newer))
    #expect(try Self.intend(ledger, older, Self.intent(2, "C")) == [refused])
    // The newer file sets it, and adds to it again: the older one may add no more.
    for (record, claim) in [(2, Self.claim), (3, Self.addition)] {
      #expect(try Self.intend(ledger, newer, Self.intent(record, "C", claim)).isEmpty)
      try Self.settle(ledger, newer, record, "C", .updated, claim)
    }
    #expect(try Self.intend(ledger, older, Self.intent(2, "C", Self.addition)) == [refused])
    #expect(try ledger.hasNewerBalance(of: .customer, "C", than: 20_260_201, forAddition: true))
    #expect(try !ledger.hasNewerBalance(of: .customer, "C", than: 20_260_202, forAddition: false))
    #expect(try !ledger.hasNewerBalance(of: .customer, "C", than: nil, forAddition: false))
  }

  @Test func `rule 16: an addition that an earlier version began stays open under the next key`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger, "a.csv", position: 1)
    #expect(try Self.intend(ledger, run, Self.intent(1, "C")).isEmpty)
    var next = Self.intent(1, "C", Self.addition)
    next.epoch = 2
    #expect(try Self.intend(ledger, run, next).isEmpty)
    #expect(try ledger.change(of: .customer, "C")?.isOpen == true)
  }

  @Test func `a newer file's balance goes over an older one's, and the same file's own again`() throws {
    let ledger = try fixture.open()
    let older = try Self.run(ledger, "old.csv", position: 1)
    _ = try Self.intend(ledger, older, Self.intent(1, "C"))
    try Self.settle(ledger, older, 1, "C", .updated)
    let newer = try Self.run(ledger, "new.csv", position: 2)
    #expect(try Self.intend(ledger, newer, Self.intent(1, "C")).isEmpty)
    try Self.settle(ledger, newer, 1, "C", .updated)
    #expect(try ledger.change(of: .customer, "C")?.balanceRun == newer)
  }

  @Test func `customers, accounts and bills of one reference are three objects`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger, "a.csv", position: 1)
    let claims = [
      Self.addition, .change(of: .account, setsBalance: true), .change(of: .bill, setsBalance: false),
    ]
    let intents = claims.enumerated().map { Self.intent($0.offset + 1, "X", $0.element) }
    #expect(try Self.intend(ledger, run, intents[0], intents[1], intents[2]).isEmpty)
    for (record, claim) in claims.enumerated() {
      guard case .intended(let intent, _) = try ledger.row(RowAddress(fileRun: run, record: record + 1))?.state
      else { continue }
      #expect(intent.claim == claim)
    }
  }

  @Test func `rule 18: a second file of balances whose order nobody states is held until it is approved`() throws {
    let ledger = try fixture.open()
    _ = try Self.run(ledger, "a.csv", position: nil)
    #expect(throws: LedgerError.self) { _ = try Self.run(ledger, "b.csv", position: nil) }
    #expect(throws: LedgerError.self) { _ = try Self.run(ledger, "c.csv", position: 7) }
    let digest = LedgerFixture.file("b.csv").digest.short
    _ = try Self.run(ledger, "b.csv", position: 3, approval: digest)
    // From the approved one on, those that state their order need nobody.
    _ = try Self.run(ledger, "c.csv", position: 7)
    _ = try Self.run(ledger, "a.csv", position: nil)
  }
}
