import Testing

@testable import BillModel

@Suite struct NearestNameTests {
  private let names = ["external_reference", "currency", "amount_due", "account.customer.email"]

  @Test(arguments: [
    ("External Reference", "external_reference"), ("external-reference", "external_reference"),
    ("curency", "currency"), ("amuont_due", "amount_due"), (" currency", "currency"),
    ("account.customer.mail", "account.customer.email"), ("amount_düe", "amount_due"), ("CURRENCY\u{FEFF}", "currency"),
  ])
  func `a slip of the pen finds its name`(text: String, name: String) {
    #expect(NearestName.of(text, among: names) == name)
  }

  @Test(arguments: ["", "InvNo", "xyz", "Betrag"])
  func `what is far from every name finds none`(text: String) {
    #expect(NearestName.of(text, among: names) == nil)
  }
}
