import BillModel
import Testing

@testable import BillLedger

@Suite struct LedgerMendsTests {
  private let fixture = LedgerFixture()

  @Test func `rows to mend are kept by file and reference, and later ones take their place`() throws {
    let ledger = try fixture.open()
    let first = try ledger.run("a.csv")
    let second = try ledger.run("b.csv")
    #expect(try ledger.mostRowsToMend() == 0)
    try ledger.saveRowsToMend(["A": 1, "B": 2, "": 3], of: first, now: LedgerFixture.start)
    try ledger.saveRowsToMend(["A": 1], of: second, now: LedgerFixture.start)
    #expect(try ledger.mostRowsToMend() == 6)
    let feed = try #require(try ledger.fileRun(first)).feed
    #expect(try ledger.fileRuns(ofFeed: feed, toMend: "A") == [second, first])
    #expect(try ledger.fileRuns(ofFeed: feed, toMend: "B") == [first])
    #expect(try ledger.fileRuns(ofFeed: "another", toMend: "B").isEmpty)
    try ledger.saveRowsToMend(["C": 1], of: first, now: LedgerFixture.start)
    #expect(try ledger.rowsToMend(of: first) == ["C": 1])
    #expect(try ledger.fileRuns(ofFeed: feed, toMend: "A") == [second])
  }

  @Test func `rows that have come are counted once, and the file that they came with has them still`() throws {
    let ledger = try fixture.open()
    let (first, second, third) = (try ledger.run("a.csv"), try ledger.run("b.csv"), try ledger.run("c.csv"))
    for run in [first, second] {
      try ledger.saveRowsToMend(["A": 1, "B": 2, "": 3], of: run, now: LedgerFixture.start)
      try ledger.setState(.reported, of: run, verdict: .completeWithRejects, now: LedgerFixture.start)
    }
    let last = try #require(try ledger.fileRun(third))
    func open() throws -> [[String: Int]] {
      try ledger.openFiles(before: last, since: WallTime(milliseconds: 0), limit: 100).map(\.rows)
    }
    #expect(try open() == [["A": 1, "B": 2, "": 3], ["A": 1, "B": 2, "": 3]])
    try ledger.saveRowsThatCame([first: ["A": 1, "": 1]], with: second, now: LedgerFixture.start)
    try ledger.saveRowsThatCame([first: ["A": 1, "": 1], second: ["B": 2]], with: third, now: LedgerFixture.start)
    #expect(try open() == [["A": 1, "B": 2, "": 3], ["B": 2, "": 2]])
    #expect(try ledger.rowsToMendAndCome(of: first) == (toMend: 6, come: 3))
    #expect(try ledger.rowsToMendAndCome(of: second) == (toMend: 6, come: 2))
    try ledger.saveRowsThatCame([:], with: third, now: LedgerFixture.start)
    #expect(try ledger.rowsToMendAndCome(of: second) == (toMend: 6, come: 0))
    #expect(try ledger.openFiles(before: last, since: WallTime(milliseconds: 0), limit: 2).count == 1)
  }

  @Test func `the next file of a name is of its feed and of other bytes, whatever came between`() throws {
    let ledger = try fixture.open()
    let first = try ledger.run("a.csv")
    let others = [try ledger.run("b.csv"), try ledger.run("c.csv")]
    func next(_ id: FileRunID) throws -> FileRunID? {
      try ledger.nextFileRun(ofItsNameAfter: try #require(try ledger.fileRun(id)))?.id
    }
    #expect(try next(first) == nil)
    func come(_ bytes: String, feed: String?) throws -> FileRunID {
      let file = FileIdentity(digest: LedgerFixture.file(bytes).digest, name: "a.csv", byteCount: 1)
      return try ledger.openFileRun(
        file, layout: LedgerFixture.layout(), feed: feed, approval: nil, now: LedgerFixture.start
      ).id
    }
    _ = try come("of another feed", feed: "another")
    #expect(try next(first) == nil)
    let second = try come("the next", feed: nil)
    _ = try come("the one after", feed: nil)
    #expect(try next(first) == second)
    #expect(try next(others[0]) == nil)
  }

  @Test(arguments: [Verdict.stopped, .held, .completeWithRejects])
  func `rule 23: rows to mend wait for later files, whether their file is through or not`(_ verdict: Verdict) throws {
    let ledger = try fixture.open()
    let (first, second) = (try ledger.run("a.csv"), try ledger.run("b.csv"))
    try ledger.saveRowsToMend(["A": 1], of: first, now: LedgerFixture.start)
    try ledger.setState(.sending, of: first, verdict: verdict, now: LedgerFixture.start)
    let later = try #require(try ledger.fileRun(second))
    let open = try ledger.openFiles(before: later, since: WallTime(milliseconds: 0), limit: 100)
    #expect(open.map(\.rows) == [["A": 1]])
    let needs = try ledger.fileRunsWithOpenRows(since: WallTime(milliseconds: 0), limit: 100)
    #expect(needs.count == (verdict == .completeWithRejects ? 1 : 0), "what isn't through is told as that")
  }

  // MARK: Come since

  private func run(_ ledger: Ledger, _ name: String, _ kind: OperationKind) throws -> FileRun {
    try ledger.openFileRun(
      LedgerFixture.file(name), layout: LedgerFixture.layout(), order: FileOrder(kind, position: nil), approval: nil,
      now: LedgerFixture.start)
  }

  private func settle(
    _ ledger: Ledger, _ run: FileRun, _ record: Int, _ reference: String, _ outcome: RowOutcome,
    _ claim: RowClaim, terms: String?
  ) throws {
    if let terms {
      var intent = LedgerFixture.intent(record, reference, form: .change)
      (intent.claim, intent.terms) = (claim, RowTerms(text: terms))
      #expect(try ledger.commit(run.id) { $0.intents = [intent] }.isEmpty)
    }
    var settlement = LedgerFixture.settlement(record, reference, outcome)
    settlement.claim = claim
    try ledger.commit(run.id) { $0.settlements = [settlement] }
  }

  private func payment(of bill: String) throws -> BillOperation {
    .pay(Payment(bill: bill, currency: try #require(CurrencyCode("ZAR")), amount: 1, meaning: .total))
  }

  @Test(arguments: [OperationKind.payment, .mixed], [OperationKind.payment, .mixed])
  func `rule 23: what later files were accepted with has come, in whatever state the first one was`(
    _ own: OperationKind, _ other: OperationKind
  ) throws {
    let ledger = try fixture.open()
    let bill = RowClaim.change(of: .bill, setsBalance: false)
    let before = try run(ledger, "before.csv", other)
    try settle(ledger, before, 1, "E", .updated, bill, terms: "paid ZAR 5")
    let first = try run(ledger, "a.csv", own)
    for (record, reference) in ["A", "B", "C", "D", "E"].enumerated() {
      try settle(ledger, first, record + 1, reference, .refused, bill, terms: "paid ZAR 10")
    }
    let later = try run(ledger, "b.csv", other)
    try settle(ledger, later, 1, "A", .updated, bill, terms: "paid ZAR 20")
    try settle(ledger, later, 2, "B", .refused, bill, terms: "paid ZAR 20")
    try settle(ledger, later, 3, "X", .updated, bill, terms: "paid ZAR 20")
    let last = try run(ledger, "c.csv", .paymentAdded)
    try settle(ledger, last, 1, "C", .updated, bill, terms: "added ZAR 20")
    let voids = try run(ledger, "d.csv", .void)
    try settle(ledger, voids, 1, "D", .updated, bill, terms: "void")
    let since = try ledger.rowsComeSince(first)
    for (reference, isThere) in ["A": true, "B": false, "C": false, "D": false, "E": false] {
      #expect(try since.has(payment(of: reference)) == isThere, "\(reference)")
    }
    // Whoever stops has no use for it.
    #expect(try ledger.rowsComeSince(first, isStopped: { true }) == RowsComeSince())
  }

  @Test func `rule 23: a correction has come where a later file has raised another bill in the place of its own`()
    throws
  {
    let ledger = try fixture.open()
    let bill = RowClaim.change(of: .bill, setsBalance: false)
    let first = try run(ledger, "a.csv", .correct)
    for (record, reference) in ["I-1", "I-2", "I-3"].enumerated() {
      try settle(ledger, first, record + 1, reference, .refused, bill, terms: "raise ZAR 10 customer C")
    }
    let later = try run(ledger, "b.csv", .correct)
    try settle(ledger, later, 1, "I-1-R1", .updated, .newBill, terms: "raise ZAR 20 customer C voids I-1")
    try settle(ledger, later, 2, "I-2-R2", .updated, .newBill, terms: "raise ZAR 20 customer C voids I-2-R1")
    let since = try ledger.rowsComeSince(first)
    #expect(since.corrected == ["I-1", "I-2-R1"])
    let bills = try run(ledger, "c.csv", .bill)
    #expect(try ledger.rowsComeSince(bills) == RowsComeSince())
  }
}
