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
