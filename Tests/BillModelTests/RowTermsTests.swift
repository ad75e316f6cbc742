import Testing

@testable import BillModel

@Suite struct RowTermsTests {
  private static let zar = CurrencyCode("ZAR")

  private static var whole: RowTerms {
    var terms = RowTerms(kind: .credit, amount: -5, currency: zar)
    terms.total = -20
    return terms
  }

  private static var byLeave: RowTerms {
    var terms = whole
    (terms.late, terms.isUnmarked, terms.takesOthers) = (-10, true, true)
    return terms
  }

  private static var ofAnother: RowTerms {
    var terms = RowTerms(
      kind: .raise, amount: 9, currency: zar, party: RowParty(kind: .account, name: "A", isID: false))
    (terms.paidBefore, terms.voids) = (4, "INV-1")
    return terms
  }

  @Test(arguments: [
    RowTerms(
      kind: .raise, amount: 24_000, currency: zar, party: RowParty(kind: .account, name: "ACC-17", isID: false)),
    RowTerms(
      kind: .raise, amount: 1, currency: zar, party: RowParty(kind: .customer, name: "bcus_1", isID: true)),
    RowTerms(kind: .paid, amount: 0, currency: zar), RowTerms(kind: .added, amount: 5, currency: zar),
    RowTerms(kind: .balance, amount: -500, currency: zar), RowTerms(kind: .void), whole, ofAnother, byLeave,
  ])
  func `terms come back from their text`(terms: RowTerms) { #expect(RowTerms(text: terms.text) == terms) }

  @Test func `the text can be read by people`() {
    let terms = RowTerms(
      kind: .raise, amount: 24_000, currency: Self.zar, party: RowParty(kind: .account, name: "A-1", isID: false))
    #expect(terms.text == "raise ZAR 24000 account A-1")
    #expect(Self.ofAnother.text == "raise ZAR 9 account A paid 4 voids INV-1")
    #expect(Self.whole.text == "credit ZAR -5 total -20")
    #expect(Self.byLeave.text == "credit ZAR -5 total -20 late -10 unmarked yes others yes")
  }

  @Test(arguments: [
    "", "raise", "raise ZAR", "raise zar 5", "raise ZAR x", "raise ZAR 5 account", "raise ZAR 5 house A", "sell ZAR 5",
    "void ZAR", "raise ZAR 5 account A B", "credit ZAR 5 total x", "paid ZAR 5 account A",
  ])
  func `what is no terms is none`(text: String) { #expect(RowTerms(text: text) == nil) }

  @Test func `a party's row without a balance is about no money`() {
    let key = PartyKey(.customer, "C-1")
    #expect(RowTerms(.set(PartyValues(key: key, name: "x", currency: Self.zar))) == nil)
    #expect(RowTerms(.set(PartyValues(key: key, currency: Self.zar, balance: -5)))?.text == "balance ZAR -5")
  }
}
