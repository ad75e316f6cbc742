import BillModel
import BillReports
import Testing

@testable import FileRuns

@Suite struct AlikeRowsTests {
  @Test func `rows counted together are those counted one by one`() throws {
    let zar = try #require(CurrencyCode("ZAR"))
    let usd = try #require(CurrencyCode("USD"))
    var single = Accounting(recordsRead: 0, moneyRead: [:])
    var together = single
    var alike = AlikeRows()
    for record in 1...5_000 { alike = next(alike, row(record, zar, usd), &single, &together) }
    alike.count(in: &together)
    #expect(single.outcomes.count == 4 && single.money.count == 2)
    #expect(together.outcomes == single.outcomes)
    #expect(together.money == single.money)
  }

  private func next(
    _ alike: AlikeRows, _ row: ReportRow, _ single: inout Accounting, _ together: inout Accounting
  ) -> AlikeRows {
    single.count(row.outcome, amount: row.amount, currency: row.currency)
    var alike = alike
    if alike.take(row) { return alike }
    alike.count(in: &together)
    return AlikeRows(row)
  }

  /// Rows in runs of several lengths, of few outcomes and currencies, now and then without an amount or a currency.
  private func row(_ record: Int, _ zar: CurrencyCode, _ usd: CurrencyCode) -> ReportRow {
    let outcomes: [RowOutcome] = [.created, .created, .rejected, .created, .unknown, .refused]
    return ReportRow(
      record: record, line: record, reference: "R", outcome: outcomes[record / 7 % outcomes.count],
      amount: record % 13 == 0 ? nil : Int64(record * 37 % 551 - 50), currency: [zar, zar, usd, nil][record / 11 % 4])
  }
}
