import BillModel
import Testing

@testable import BillReports

@Suite struct AccountingTests {
  let zar = CurrencyCode(packed: CurrencyCode("ZAR")!.packed)

  @Test func `rows and money that add up leave no discrepancy`() {
    var accounting = Accounting(recordsRead: 3, moneyRead: [zar: 300])
    accounting.count(.created, amount: 100, currency: zar)
    accounting.count(.rejected, amount: 200, currency: zar)
    accounting.count(.rejected, amount: nil, currency: nil)
    #expect(accounting.discrepancies == [])
    #expect(accounting.outcomes == [.created: 1, .rejected: 2])
  }

  @Test func `a missing row is named`() {
    var accounting = Accounting(recordsRead: 2, moneyRead: [:])
    accounting.count(.created, amount: nil, currency: nil)
    #expect(accounting.discrepancies == ["2 records were read, but 1 are accounted for"])
  }

  @Test func `a wrong cent is named, also in a currency that was never read`() {
    let usd = CurrencyCode("USD")!
    var accounting = Accounting(recordsRead: 2, moneyRead: [zar: 100])
    accounting.count(.created, amount: 99, currency: zar)
    accounting.count(.created, amount: 1, currency: usd)
    #expect(accounting.discrepancies.count == 2)
  }
}
