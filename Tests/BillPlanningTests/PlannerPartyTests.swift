import BillModel
import Testing

@testable import BillPlanning

/// Rows about parties: changed at once, and made in turn where they aren't there.
@Suite struct PlannerPartyTests {
  private static let customer = PartyValues(key: .customer("C"), name: "x")
  private static func account(_ reference: String, of customer: String? = "C") -> PartyValues {
    PartyValues(key: .account(reference), owner: customer.map { Customer(reference: $0) })
  }

  @Test func `a party that nobody knows is changed, not made`() {
    var town = Town()
    #expect(town.set(1, Self.customer) == .go(.change, []))
    #expect(town.set(2, Self.account("A")) == .go(.change, []))
    #expect(town.set(3, Self.account("B", of: nil)) == .go(.change, []))
  }

  @Test func `one that the API doesn't have is made, its customer by the first account`() {
    var town = Town()
    #expect(town.set(1, Self.account("A"), isAbsent: true) == .go(.nested, [.customer("C"), .account("A")]))
    #expect(town.set(2, Self.account("B"), isAbsent: true) == .wait(.customer("C")))
    #expect(
      town.learn([.customer("C"), .account("A", under: "C")])
        == [.go(2, .accountUnder(customerID: "bcus_C"), [.account("B")])])
    #expect(town.set(3, Self.customer, isAbsent: true) == .go(.nested, [.customer("C")]))
  }

  @Test func `one that another row is making, or may have made, waits or is blocked`() {
    var town = Town()
    _ = town.plan(1, customer: "C")
    #expect(town.set(2, Self.customer) == .wait(.customer("C")))
    town.ledger[.customer("D")] = .claimed
    #expect(town.set(3, PartyValues(key: .customer("D"))) == .blocked(.customer("D")))
  }

  @Test func `an account that the ledger knows under another customer is not touched`() {
    var town = Town()
    town.ledger[.account("A")] = .known(.account("A", under: "C"))
    #expect(town.set(1, Self.account("A", of: "D")) == .wrongCustomer)
    #expect(town.set(2, Self.account("A")) == .go(.change, []))
    #expect(town.set(3, Self.account("A", of: nil)) == .go(.change, []))
  }
}
