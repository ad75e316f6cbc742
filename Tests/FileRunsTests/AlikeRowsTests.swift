import BillModel
import BillReports
import Testing

@testable import FileRuns

@Suite struct AlikeRowsTests {
  @Test func `rows counted together are those counted one by one`() throws {
    let zar = try #require(CurrencyCode("ZAR"))
    let usd = try #require(CurrencyCode("USD"))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Seeded(state: seed)
    var single = Accounting(recordsRead: 0, moneyRead: [:])
    var together = single
    var alike = AlikeRows()
    for record in 1...5_000 {
      // Runs of some length, since the last kind of row mostly stays.
      let isOther = Int.random(in: 0..<10, using: &random) == 0
      if isOther || record == 1 { alike = next(alike, row(record, zar, usd, &random), &single, &together) }
      let same = row(record, zar, usd, &random)
      alike = next(alike, same, &single, &together)
    }
    alike.count(in: &together)
    #expect(together.outcomes == single.outcomes, "seed \(seed)")
    #expect(together.money == single.money, "seed \(seed)")
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

  /// A row of one of few outcomes and currencies, now and then without an amount or a currency.
  private func row(_ record: Int, _ zar: CurrencyCode, _ usd: CurrencyCode, _ random: inout Seeded) -> ReportRow {
    let outcomes: [RowOutcome] = [.created, .created, .created, .rejected, .unknown]
    return ReportRow(
      record: record, line: record, reference: "R", outcome: outcomes.randomElement(using: &random) ?? .created,
      amount: Int.random(in: 0..<6, using: &random) == 0 ? nil : Int64.random(in: -50...500, using: &random),
      currency: [zar, zar, usd, nil].randomElement(using: &random) ?? nil)
  }
}

/// Random numbers from a seed (splitmix64).
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
