import BillModel
import Hashing
import Testing

@testable import BillLedger

/// What rows add to sums, and what was confirmed last.
@Suite struct LedgerSumsTests {
  private let fixture = LedgerFixture()
  private static let sum = SumKey(.bill, "B")
  private static let zar = CurrencyCode("ZAR")!

  private static func addition(_ mark: String, _ amount: Int64 = 10) -> Addition {
    Addition(to: sum, mark: mark, amount: amount, currency: zar)
  }

  private static func intent(_ record: Int, _ mark: String, _ total: Int64, basis: Int, epoch: Int = 1) -> RowIntent {
    var intent = LedgerFixture.intent(record, "B", epoch: epoch, form: .change, body: "\(mark) \(total)")
    intent.claim = .change(of: .bill, setsBalance: false)
    intent.sum = IntendedSum(addition(mark), total: total, basis: basis)
    return intent
  }

  /// A row that adds, and is answered.
  private static func add(
    _ ledger: Ledger, _ run: FileRunID, _ record: Int, _ mark: String, _ total: Int64, basis: Int,
    doubtedSince: WallTime? = nil, outcome: RowOutcome = .updated
  ) throws {
    #expect(try ledger.commit(run) { $0.intents = [intent(record, mark, total, basis: basis)] }.isEmpty)
    try ledger.commit(run) { batch in
      var settlement = LedgerFixture.settlement(record, "B", outcome, id: "bill_1")
      settlement.claim = .change(of: .bill, setsBalance: false)
      batch.settlements = [settlement]
      guard outcome == .updated else { return }
      batch.confirmations = [
        (record, SumConfirmation(addition(mark), total: total, doubtedSince: doubtedSince))
      ]
    }
  }

  private static func standing(
    _ ledger: Ledger, _ run: FileRunID, _ mark: String?, _ total: Int64
  ) throws -> SumHistory.Standing {
    try ledger.history(
      of: addition("NEW"), by: RowAddress(fileRun: run, record: 99), shown: ShownSum(mark: mark, total: total)
    ).standing
  }

  @Test
  func `a mark is the last one, an older one with a sum of ours or without, one that nothing confirmed, or unknown`()
    throws
  {
    let ledger = try fixture.open()
    let run = try ledger.run()
    #expect(try Self.standing(ledger, run, nil, 0) == .unmarked)
    #expect(try Self.standing(ledger, run, "X", 5) == .unknown)
    try Self.add(ledger, run, 1, "P1", 10, basis: 0)
    try Self.add(ledger, run, 2, "P2", 20, basis: 1)
    #expect(try ledger.lastAddition(to: Self.sum) == SumHistory.Last(mark: "P2", total: 20, place: 2))
    #expect(try Self.standing(ledger, run, "P2", 20) == .last)
    #expect(try Self.standing(ledger, run, "P2", 55) == .last)
    #expect(try Self.standing(ledger, run, "P1", 10) == .older(isExplained: true))
    #expect(try Self.standing(ledger, run, "P1", 12) == .older(isExplained: false))
    #expect(try Self.standing(ledger, run, "X", 10) == .unknown)
    #expect(try Self.standing(ledger, run, nil, 10) == .unmarked)
    try ledger.commit(run) { $0.intents = [Self.intent(3, "P3", 30, basis: 2)] }
    #expect(try Self.standing(ledger, run, "P3", 30) == .unconfirmed)
  }

  @Test func `rule 16: every sum that a row has sent with its mark explains what is shown`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try Self.add(ledger, run, 1, "P1", 10, basis: 0)
    try ledger.commit(run) { $0.intents = [Self.intent(2, "P2", 20, basis: 1)] }
    try ledger.commit(run) { $0.intents = [Self.intent(2, "P2", 25, basis: 1, epoch: 2)] }
    try ledger.commit(run) { batch in
      var settlement = LedgerFixture.settlement(2, "B", .updated, epoch: 2, id: "bill_1")
      settlement.claim = .change(of: .bill, setsBalance: false)
      batch.settlements = [settlement]
      batch.confirmations = [(2, SumConfirmation(Self.addition("P2"), total: 25))]
    }
    try Self.add(ledger, run, 3, "P3", 35, basis: 2)
    for total: Int64 in [20, 25] {
      #expect(try Self.standing(ledger, run, "P2", total) == .older(isExplained: true))
    }
    #expect(try Self.standing(ledger, run, "P2", 24) == .older(isExplained: false))
  }

  @Test func `a row that was refused after it was sent comes before what was added then`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try Self.add(ledger, run, 1, "P1", 10, basis: 0)
    try Self.add(ledger, run, 2, "P2", 20, basis: 1, outcome: .conflict)
    #expect(try Self.standing(ledger, run, "P2", 20) == .unconfirmed)
    try Self.add(ledger, run, 3, "P3", 40, basis: 1)
    #expect(try Self.standing(ledger, run, "P2", 20) == .older(isExplained: true))
  }

  @Test func `rule 16: a row that goes by what was there before another addition is not sent`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try Self.add(ledger, run, 1, "P1", 10, basis: 0)
    let refused = try ledger.commit(run) { $0.intents = [Self.intent(2, "P2", 10, basis: 0)] }
    #expect(refused.map(\.record) == [2])
    #expect(try ledger.row(RowAddress(fileRun: run, record: 2)) == nil)
    #expect(try Self.standing(ledger, run, "P2", 10) == .unknown)
    #expect(try ledger.change(of: .bill, "B")?.isOpen == false)
  }

  @Test func `what another row has added under a mark is known for good, and what it hasn't is free`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try Self.add(ledger, run, 1, "P1", 10, basis: 0)
    try Self.add(ledger, run, 2, "P2", 20, basis: 1, outcome: .conflict)
    func earlier(_ mark: String, by record: Int) throws -> Addition? {
      try ledger.history(
        of: Self.addition(mark, 5), by: RowAddress(fileRun: run, record: record), shown: ShownSum(mark: nil, total: 0)
      ).earlier
    }
    #expect(try earlier("P1", by: 9) == Self.addition("P1"))
    #expect(try earlier("P1", by: 1) == nil)
    #expect(try earlier("P2", by: 9) == nil)
  }

  @Test func `a sum set as a whole is what is confirmed then, and its own lost request is known when it lands late`()
    throws
  {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try Self.add(ledger, run, 1, "P1", 10, basis: 0)
    let setting = SumSetting(
      Self.sum, total: 70, currency: Self.zar, isCertain: true, doubtedSince: LedgerFixture.start)
    try ledger.commit(run) { $0.settings = [(2, setting)] }
    #expect(try ledger.lastAddition(to: Self.sum)?.total == 70)
    try Self.add(ledger, run, 3, "P3", 80, basis: 2)
    #expect(try Self.standing(ledger, run, "P3", 70) == .older(isExplained: true))
    #expect(try Self.standing(ledger, run, "P1", 70) == .older(isExplained: false))
    #expect(try Self.standing(ledger, run, "P3", 71) == .last)
    var lost = setting
    lost.isCertain = false
    try ledger.commit(run) { $0.settings = [(4, lost)] }
    #expect(try ledger.lastAddition(to: Self.sum)?.total == nil)
  }

  @Test func `rule 16: an addition from before the sum was set as a whole is no ground, where a request was lost`()
    throws
  {
    for isDoubted in [false, true] {
      let ledger = try LedgerFixture().open()
      let run = try ledger.run()
      try Self.add(ledger, run, 1, "P1", 500, basis: 0, doubtedSince: isDoubted ? LedgerFixture.start : nil)
      let setting = SumSetting(Self.sum, total: 2_000, currency: Self.zar, isCertain: true)
      try ledger.commit(run) { $0.settings = [(2, setting)] }
      #expect(try Self.standing(ledger, run, "P1", 2_000) == .last)
      #expect(try Self.standing(ledger, run, "P1", 1_999) == .last)
      #expect(try Self.standing(ledger, run, "P1", 500) == (isDoubted ? .older(isExplained: true) : .last))
    }
  }

  @Test func `rule 16: of two settings the lost one is known when it lands late`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try Self.add(ledger, run, 1, "P1", 10, basis: 0)
    let lost = SumSetting(
      Self.sum, total: 70, currency: Self.zar, isCertain: true, doubtedSince: LedgerFixture.start)
    try ledger.commit(run) { $0.settings = [(2, lost)] }
    #expect(try Self.standing(ledger, run, "P1", 70) == .last)
    let next = SumSetting(Self.sum, total: 90, currency: Self.zar, isCertain: true)
    try ledger.commit(run) { $0.settings = [(3, next)] }
    #expect(try Self.standing(ledger, run, "P1", 70) == .older(isExplained: true))
  }

  @Test func `while a row's change is open, the sum is claimed for others`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [Self.intent(1, "P1", 10, basis: 0)] }
    func isClaimed(by record: Int) throws -> Bool {
      try ledger.history(
        of: Self.addition("P2"), by: RowAddress(fileRun: run, record: record), shown: ShownSum(mark: "P1", total: 10)
      ).isClaimed
    }
    #expect(try isClaimed(by: 2))
    #expect(try !isClaimed(by: 1))
  }

  @Test func `rule 16: the last rows of sums to which a request was lost are looked at again`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    func doubted(withOwn: Bool, since: WallTime = WallTime(milliseconds: 0)) throws -> [Int] {
      try ledger.doubtedSums(of: run, after: 0, since: since, withOwn: withOwn, limit: 9)
    }
    try Self.add(ledger, run, 1, "P1", 10, basis: 0, doubtedSince: LedgerFixture.start)
    #expect(try doubted(withOwn: false) == [])
    #expect(try doubted(withOwn: true) == [1])
    try Self.add(ledger, run, 2, "P2", 20, basis: 1)
    #expect(try doubted(withOwn: false) == [2])
    #expect(try doubted(withOwn: false, since: LedgerFixture.start) == [])
  }
}
