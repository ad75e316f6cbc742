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

  private static func voiding(_ record: Int, _ named: String, _ voided: String) -> RowIntent {
    var intent = LedgerFixture.intent(record, named, form: .change)
    (intent.claim, intent.terms) = (change, RowTerms(kind: .void))
    intent.terms?.voids = voided
    return intent
  }

  private static func isOpen(_ ledger: Ledger, _ bills: String...) throws -> [Bool] {
    try bills.map { try ledger.change(of: .bill, $0)?.isOpen == true }
  }

  @Test func `rule 16: the bill that a row really voids is claimed beside the one that it names`() throws {
    let ledger = try fixture.open()
    let (first, second) = (try Self.run(ledger), try Self.run(ledger, "b.csv"))
    #expect(try Self.commit(ledger, first, [Self.voiding(1, "B", "B-R1")]).isEmpty)
    let held = RefusedClaim.Reason.change(reference: "B-R1", by: RowAddress(fileRun: first, record: 1))
    #expect(try Self.commit(ledger, second, [Self.void(1, "B-R1", successor: "B-R1-R1")]).map(\.reason) == [held])
    #expect(try Self.commit(ledger, second, [Self.voiding(2, "C", "B-R1")]).map(\.reason) == [held])
    #expect(try Self.isOpen(ledger, "B", "B-R1", "C") == [true, true, false])
    // The same row under its next key, and the one that it has gone on to.
    var again = Self.voiding(1, "B", "B-R1")
    again.epoch = 2
    #expect(try Self.commit(ledger, first, [again]).isEmpty)
    var next = Self.voiding(1, "B", "B-R2")
    next.epoch = 3
    #expect(try Self.commit(ledger, first, [next]).isEmpty)
    #expect(try Self.isOpen(ledger, "B", "B-R1", "B-R2") == [true, false, true])
    var done = LedgerFixture.settlement(1, "B", .updated, epoch: 3, id: "bill_1")
    done.claim = Self.change
    _ = try Self.commit(ledger, first, [], [done])
    #expect(try Self.isOpen(ledger, "B", "B-R1", "B-R2") == [false, false, false])
    #expect(try Self.commit(ledger, second, [Self.void(1, "B-R1", successor: "B-R1-R1")]).isEmpty)
  }

  @Test func `what a row voids beside the bill that it names is given up with it`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    _ = try Self.commit(ledger, run, [Self.voiding(1, "B", "B-R1"), Self.voiding(2, "C", "C-R1")])
    var batch = LedgerBatch()
    batch.withdrawals = [RowWithdrawal(record: 1, nextEpoch: 2, attempts: 1)]
    _ = try ledger.commit(batch, fileRun: run, now: LedgerFixture.start)
    #expect(try Self.isOpen(ledger, "B", "B-R1", "C", "C-R1") == [false, false, true, true])
    #expect(try Self.commit(ledger, run, [Self.raise(2, "C-R2", epoch: 2)]).isEmpty)
    #expect(try Self.isOpen(ledger, "C", "C-R1") == [false, false])
    // One whose bill was there already.
    _ = try Self.commit(ledger, run, [Self.voiding(3, "D", "D-R1")])
    var done = LedgerFixture.settlement(3, "D-R2", .updated, id: "bill_2")
    done.changed = "D"
    _ = try Self.commit(ledger, run, [], [done])
    #expect(try Self.isOpen(ledger, "D", "D-R1") == [false, false])
  }

  @Test func `a row that is at a bill of a series is found from each of its names`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    let (own, other) = (RowAddress(fileRun: run, record: 9), RowAddress(fileRun: run, record: 1))
    func found(_ name: String, _ series: CorrectionSeries? = .standard, beside own: RowAddress = own) throws -> Bool {
      try ledger.rowUnderWay(atBill: name, in: series, beside: own)?.row == other
    }
    var void = Self.void(1, "B", successor: "B-R1")
    void.terms = RowTerms(text: "raise ZAR 5 customer C voids B")
    _ = try Self.commit(ledger, run, [void])
    #expect(try found("B") && found("B", nil) && found("B-R1") && !found("B-R1", nil) && !found("B-R1-R1"))
    #expect(try !found("B", beside: other) && !found("B-R1", beside: other))
    var raise = Self.raise(1, "B-R1", epoch: 2)
    raise.terms = void.terms
    _ = try Self.commit(ledger, run, [raise])
    #expect(try found("B") && !found("B", nil) && found("B-R1") && !found("B", beside: other))
    _ = try Self.commit(ledger, run, [], [LedgerFixture.settlement(1, "B-R1", .updated, epoch: 2, id: "bill_2")])
    #expect(try !found("B") && !found("B-R1"))
    // A bill that is only called so.
    _ = try Self.commit(ledger, run, [Self.raise(1, "C-R1", epoch: 3)])
    #expect(try !found("C") && !found("C-R1"))
  }

  @Test func `a row at a bill that is only called as if it were of a series is none at that one`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    _ = try Self.commit(ledger, run, [Self.raise(1, "B", epoch: 1), Self.raise(2, "B-R1", epoch: 1)])
    _ = try Self.commit(
      ledger, run, [],
      [
        LedgerFixture.settlement(1, "B", .created, id: "b1"), LedgerFixture.settlement(2, "B-R1", .created, id: "b2"),
      ])
    var payment = LedgerFixture.intent(3, "B-R1", form: .change)
    payment.claim = .change(of: .bill, setsBalance: false)
    _ = try Self.commit(ledger, run, [payment])
    let own = RowAddress(fileRun: run, record: 9)
    #expect(try ledger.rowUnderWay(atBill: "B", in: .standard, beside: own) == nil)
    #expect(try ledger.rowUnderWay(atBill: "B-R1", in: .standard, beside: own)?.bill == "B-R1")
    // One that was raised in its place is of it.
    var raise = Self.raise(4, "C-R1", epoch: 1)
    raise.terms = RowTerms(text: "raise ZAR 5 customer C voids C")
    _ = try Self.commit(ledger, run, [raise])
    _ = try Self.commit(ledger, run, [], [LedgerFixture.settlement(4, "C-R1", .updated, id: "c1")])
    payment.record = 5
    payment.reference = "C-R1"
    _ = try Self.commit(ledger, run, [payment])
    #expect(try ledger.rowUnderWay(atBill: "C", in: .standard, beside: own)?.bill == "C-R1")
  }

  @Test func `what took a bill's place is found for each bill of its series, whichever of them a row named`() throws {
    let ledger = try fixture.open()
    let run = try Self.run(ledger)
    func raise(_ record: Int, _ reference: String, for voided: String?) throws {
      var raise = Self.raise(record, reference, epoch: 1)
      raise.terms = RowTerms(text: "raise ZAR 5 customer C" + (voided.map { " voids \($0)" } ?? ""))
      _ = try Self.commit(ledger, run, [raise])
      let outcome = voided == nil ? RowOutcome.created : .updated
      _ = try Self.commit(ledger, run, [], [LedgerFixture.settlement(record, reference, outcome, id: "bill_\(record)")])
    }
    func found(_ reference: String) throws -> SeriesHistory {
      try ledger.corrections(of: reference, by: .standard)
    }
    for (record, name) in ["B", "B-R1", "B-R1-R1", "B-R1-R2"].enumerated() {
      try raise(record + 1, name, for: ["B-R1": "B", "B-R1-R1": "B-R1", "B-R1-R2": "B-R1-R1"][name])
    }
    #expect(try found("B") == SeriesHistory(corrections: 1, branch: ["B-R1-R1", "B-R1-R2"]))
    #expect(try found("B-R1") == SeriesHistory(corrections: 2))
    #expect(try found("B-R1-R1") == SeriesHistory(branch: ["B-R1-R2"]))
    for (record, name) in ["D", "D-R1", "D-R2", "D-R2-R1"].enumerated() {
      try raise(record + 5, name, for: ["D-R1": "D", "D-R2": "D-R1"][name])
    }
    #expect(try found("D") == SeriesHistory(corrections: 2))
    #expect(try found("D-R1") == SeriesHistory(branch: ["D-R2"]))
    #expect(try found("D-R2") == SeriesHistory(endsBeforeAnother: true))
    let bill = VoidedBill(reference: "B", series: .standard)
    let names = try (0...4).map { try found("B").reference(of: bill, $0) }
    #expect(names == ["B", "B-R1", "B-R1-R1", "B-R1-R2", "B-R1-R3"])
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
