import BillModel
import Testing

@testable import BillIntake

@Suite struct IntakeTests {
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
