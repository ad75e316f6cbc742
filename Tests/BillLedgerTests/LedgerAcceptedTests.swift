import BillModel
import Testing

@testable import BillLedger

/// What a ledger tells of accepted rows, for what is paid on them.
@Suite struct LedgerAcceptedTests {
  private let fixture = LedgerFixture()

  private static func terms(_ amount: Int64) -> RowTerms? { RowTerms(text: "raise ZAR \(amount) account A-1") }

  private func intent(_ record: Int, _ reference: String, _ amount: Int64) -> RowIntent {
    var intent = LedgerFixture.intent(record, reference)
    intent.terms = Self.terms(amount)
    return intent
  }

  private func accepted(_ ledger: Ledger, raising: Bool = true) throws -> [AcceptedRow] {
    var rows: [AcceptedRow] = []
    try ledger.eachAcceptedRow(raising: raising) { rows.append($0) }
    return rows
  }

  @Test func `a row's terms are kept with its intent, and stay when it is settled`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    try ledger.commit(run) { $0.intents = [intent(1, "A", 100), intent(2, "B", 200)] }
    #expect(try ledger.unresolvedRowCount() == 2)
    guard case .intended(let kept, _) = try ledger.row(RowAddress(fileRun: run, record: 1))?.state else {
      return #expect(Bool(false))
    }
    #expect(kept.terms == Self.terms(100))
    try ledger.commit(run) {
      $0.settlements = [
        LedgerFixture.settlement(1, "A", .created, id: "bill_1"), LedgerFixture.settlement(2, "B", .refused),
      ]
    }
    let rows = try accepted(ledger)
    #expect(rows.map(\.reference) == ["A"] && rows[0].objectID == "bill_1" && rows[0].terms == Self.terms(100))
    #expect(try ledger.unresolvedRowCount() == 0)
  }

  @Test func `a bill that two files have comes once, with the row that raised it`() throws {
    let ledger = try fixture.open()
    let first = try ledger.run("first.csv")
    try ledger.commit(first) { $0.intents = [intent(1, "A", 100)] }
    try ledger.commit(first) { $0.settlements = [LedgerFixture.settlement(1, "A", .created, id: "bill_1")] }
    let second = try ledger.run("second.csv")
    try ledger.commit(second) {
      $0.settlements = [
        LedgerFixture.settlement(7, "A", .unchanged, id: "bill_1"),
        LedgerFixture.settlement(8, "THEIRS", .unchanged, id: "bill_2"),
      ]
    }
    let rows = try accepted(ledger)
    #expect(rows.map(\.reference) == ["A", "THEIRS"])
    #expect(rows[0].address == RowAddress(fileRun: first, record: 1))
    #expect(rows[1].address == RowAddress(fileRun: second, record: 8) && rows[1].terms == nil)
  }

  @Test func `rows that changed bills are told apart from those that raised them`() throws {
    let ledger = try fixture.open()
    let run = try ledger.run()
    var change = LedgerFixture.intent(1, "A", form: .change)
    change.claim = .change(of: .bill, setsBalance: false)
    change.terms = RowTerms(text: "added ZAR 25")
    try ledger.commit(run) { $0.intents = [change] }
    var settled = LedgerFixture.settlement(1, "A", .updated, id: "bill_1")
    settled.claim = change.claim
    try ledger.commit(run) { $0.settlements = [settled] }
    #expect(try accepted(ledger).isEmpty)
    #expect(try accepted(ledger, raising: false).map(\.terms?.text) == ["added ZAR 25"])
  }
}
