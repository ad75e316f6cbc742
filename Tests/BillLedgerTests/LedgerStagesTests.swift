import BillModel
import Hashing
import Testing

@testable import BillLedger

/// Rows that do one thing after the other: what they claim on the way, and give up.
@Suite struct LedgerStagesTests {
  private let fixture = LedgerFixture()
  private static let change = RowClaim.change(of: .bill, setsBalance: false)

  private static func run(_ ledger: Ledger, _ name: String = "a.csv") throws -> FileRunID {
    try ledger.openFileRun(
      LedgerFixture.file(name), layout: LedgerFixture.layout(), order: FileOrder(.correct), approval: nil,
      now: LedgerFixture.start
    ).id
  }

  private static func void(_ record: Int, _ reference: String, successor: String) -> RowIntent {
    var intent = LedgerFixture.intent(record, reference, form: .change)
    (intent.claim, intent.successor) = (change, successor)
    return intent
  }

  private static func raise(_ record: Int, _ reference: String, epoch: Int) -> RowIntent {
    var intent = LedgerFixture.intent(record, reference, form: .nested)
    intent.epoch = epoch
    return intent
  }

  private static func commit(
    _ ledger: Ledger, _ run: FileRunID, _ intents: [RowIntent] = [], _ settlements: [RowSettlement] = []
  ) throws -> [RefusedClaim] {
    var batch = LedgerBatch()
    (batch.intents, batch.settlements) = (intents, settlements)
    return try ledger.commit(batch, fileRun: run, now: LedgerFixture.start)
  }

  @Test func `the next reference is claimed with the void, and kept with its intent`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    #expect(try Self.commit(ledger, run, [Self.void(1, "B", successor: "B-R1")]).isEmpty)
    #expect(try ledger.bill("B-R1") == .claimed(by: RowAddress(fileRun: run, record: 1)))
    guard case .intended(let kept, _) = try ledger.row(RowAddress(fileRun: run, record: 1))?.state else {
      Issue.record("no intent")
      return
    }
    #expect(kept.successor == "B-R1")
    let refused = try Self.commit(ledger, run, [Self.void(2, "C", successor: "B-R1")])
    #expect(refused.map(\.record) == [2])
    #expect(try ledger.change(of: .bill, "C")?.isOpen == false)
  }

  @Test func `the intent of the new bill takes the void's place, and closes its change`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    _ = try Self.commit(ledger, run, [Self.void(1, "B", successor: "B-R1")])
    #expect(try Self.commit(ledger, run, [Self.raise(1, "B-R1", epoch: 2)]).isEmpty)
    #expect(try ledger.change(of: .bill, "B")?.isOpen == false)
    let done = LedgerFixture.settlement(1, "B-R1", .updated, id: "bill_2")
    #expect(try Self.commit(ledger, run, [], [done]).isEmpty)
    #expect(try ledger.bill("B-R1") == .settled(billID: "bill_2", by: RowAddress(fileRun: run, record: 1)))
  }

  @Test func `a void that didn't come about gives the next reference up`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    _ = try Self.commit(ledger, run, [Self.void(1, "B", successor: "B-R1")])
    var conflict = LedgerFixture.settlement(1, "B", .conflict, id: nil)
    (conflict.claim, conflict.successor) = (Self.change, "B-R1")
    _ = try Self.commit(ledger, run, [], [conflict])
    #expect(try ledger.bill("B-R1") == nil)
    #expect(try ledger.change(of: .bill, "B")?.isOpen == false)
    _ = try Self.commit(ledger, run, [Self.void(2, "C", successor: "C-R1")])
    var batch = LedgerBatch()
    batch.withdrawals = [RowWithdrawal(record: 2, nextEpoch: 2, attempts: 1)]
    _ = try ledger.commit(batch, fileRun: run, now: LedgerFixture.start)
    #expect(try ledger.bill("C-R1") == nil)
  }

  @Test func `a bill that a row raised stays its own while what was paid is noted on it`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    _ = try Self.commit(ledger, run, [Self.raise(1, "B", epoch: 1)])
    var payment = LedgerFixture.intent(1, "B", form: .change)
    (payment.claim, payment.epoch, payment.raised) = (Self.change, 2, .created)
    #expect(try Self.commit(ledger, run, [payment]).isEmpty)
    #expect(try ledger.bill("B") == .claimed(by: RowAddress(fileRun: run, record: 1)))
    var done = LedgerFixture.settlement(1, "B", .created, id: "bill_1")
    done.claim = Self.change
    _ = try Self.commit(ledger, run, [], [done])
    #expect(try ledger.bill("B") == .settled(billID: "bill_1", by: RowAddress(fileRun: run, record: 1)))
    #expect(try ledger.change(of: .bill, "B")?.isOpen == false)
  }
}
