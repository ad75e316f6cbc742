import BillModel
import Testing

@testable import BillIntake

@Suite struct IntakeTests {
  @Test func `rows whose amount can't be read are counted: they are in no sum`() throws {
    let head = "external_reference,currency,amount_due,customer\n"
    func rows(_ prefix: String) -> String { (1...200).map { "\(prefix)\($0),ZAR,\($0),bcus_1\n" }.joined() }
    let good = try CheckedFile(head + rows("R")).check()
    #expect(good.money.unread == 0)
    let bad = "A,ZAR,1.00,bcus_1\nB,ZRA,100,bcus_1\nC,ZAR,-5,bcus_1\nD,ZAR,1\nE,ZAR,,bcus_1\n"
    let some = try CheckedFile(head + rows("R") + bad + rows("S")).check()
    #expect(some.recordsRead == 405 && some.money.unread == 4)
    let currency = try #require(CurrencyCode("ZAR"))
    #expect(some.money[currency].read == 2 * 20_100 - 5)
  }

  @Test func `an amount that is too large for any bill counts as what it is`() throws {
    let file = CheckedFile(
      """
      external_reference,currency,amount_due,customer
      A,ZAR,2500000000,bcus_1
      B,ZAR,1,bcus_1
      C,EUR,-3000000000,bcus_1

      """)
    let check = try file.check()
    let (zar, eur) = (try #require(CurrencyCode("ZAR")), try #require(CurrencyCode("EUR")))
    #expect(check.money.unread == 0 && check.money.currencies == [eur, zar])
    #expect(check.money[zar] == MoneyTally.Sums(read: 2_500_000_001, valid: 1, rejected: 2_500_000_000))
    #expect(check.money[eur] == MoneyTally.Sums(read: -3_000_000_000, valid: 0, rejected: -3_000_000_000))
    #expect(try amounts(of: file, check) == [2_500_000_000, 1, -3_000_000_000])
  }

  @Test func `amounts that no sum has room for are in none, with all of their size in their currency`() throws {
    let file = CheckedFile(
      """
      external_reference,currency,amount_due,customer
      A,ZAR,2500000000,bcus_1
      B,ZAR,999999999999999999,bcus_1
      C,ZAR,2000000000,bcus_1
      D,EUR,2500000000,bcus_1

      """)
    let check = try file.check()
    let (zar, eur) = (try #require(CurrencyCode("ZAR")), try #require(CurrencyCode("EUR")))
    #expect(check.money.unread == 2)
    #expect(check.money[zar].read == 2_000_000_000 && check.money[eur].read == 2_500_000_000)
    #expect(try amounts(of: file, check) == [nil, nil, 2_000_000_000, 2_500_000_000])
  }

  @Test func `whether huge amounts count doesn't go by the order in which they come`() throws {
    let zar = try #require(CurrencyCode("ZAR"))
    let limit = Int64(HugeAmounts.most)
    func sums(_ amounts: [Int64]) -> [MoneyTally] {
      let tallies = amounts.map { amount in
        var tally = MoneyTally()
        tally.add(ReadMoney(amount: amount, currency: zar, isHuge: true), isValid: false)
        return tally
      }
      return [tallies, tallies.reversed()].map { tallies in
        tallies.reduce(into: MoneyTally()) { $0.add($1) }
      }
    }
    for sum in sums([limit - 7, -7]) { #expect(sum[zar].read == limit - 14 && sum.unread == 0) }
    for sum in sums([limit, -1, 999_999_999_999_999_999, -limit]) {
      #expect(sum[zar] == MoneyTally.Sums() && sum.unread == 4 && sum.currencies.isEmpty)
    }
  }

  /// The amounts of a file's rows; `nil` where one is in no sum.
  private func amounts(of file: CheckedFile, _ check: FileCheck) throws -> [Int64?] {
    try file.rows(check).map { row in
      switch row {
      case .operation(_, _, let operation): operation.money?.amount
      case .rejected(let row): row.money?.amount
      }
    }
  }

  @Test func `a good row is an operation`() throws {
    let file = CheckedFile(
      """
      external_reference,currency,amount_due,due_date,account.external_reference,account.customer.external_reference
      INV-1,ZAR,24000,2026-02-28,ACC-1,CUST-1

      """)
    let check = try file.check()
    #expect(try file.codes(check) == [])
    #expect(check.valid == 1)
    let rows = try file.rows(check)
    let account = Account(reference: "ACC-1", customer: Customer(reference: "CUST-1"))
    let bill = Bill(
      reference: "INV-1", currency: try #require(CurrencyCode("ZAR")), amountDue: 24000,
      dueDate: CivilDate(year: 2026, month: 2, day: 28), party: .account(account))
    #expect(rows == [.operation(record: 1, line: 2, .raise(bill))])
  }

  @Test func `all findings of a row are told, not the first`() throws {
    let file = CheckedFile(
      """
      external_reference,currency,amount_due,due_date,customer.external_reference,customer.email
      INV/1,zar,0,2026-02-30,CUST-1,nobody

      """)
    #expect(
      try file.codes(file.check()) == [
        "1:2 reference.pattern external_reference", "1:2 currency.unknown currency", "1:2 amount.range amount_due",
        "1:2 date.impossible due_date", "1:2 email.format customer.email",
      ])
  }
}
