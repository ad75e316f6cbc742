import BillModel
import Testing

@testable import BillPlanning

@Suite struct PlannerTests {
  @Test func `rule 15: a bill of an unknown customer and account carries both, and the next one waits for the account`()
  {
    var town = Town()
    #expect(town.plan(1, account: "A", customer: "C") == .go(.nested, [.customer("C"), .account("A")]))
    #expect(town.plan(2, account: "A", customer: "C") == .wait(.account("A")))
    #expect(town.learn([.customer("C"), .account("A", under: "C")]) == [.go(2, .account(id: "bacc_A"))])
    #expect(town.planner.waitingRows == 0)
    #expect(town.planner.waitingBytes == 0)
  }

  @Test
  func
    `rule 15: the second new account of a new customer waits for the customer, then carries its account under its id`()
  {
    var town = Town()
    _ = town.plan(1, account: "A", customer: "C")
    #expect(town.plan(2, account: "B", customer: "C") == .wait(.customer("C")))
    #expect(town.plan(3, account: "B", customer: "C") == .wait(.customer("C")))
    #expect(
      town.learn([.customer("C"), .account("A", under: "C")])
        == [.go(2, .accountUnder(customerID: "bcus_C"), [.account("B")])])
    #expect(town.planner.waitingRows == 1)
    #expect(town.learn([.account("B", under: "C")]) == [.go(3, .account(id: "bacc_B"))])
  }

  @Test func `a row with nothing to wait for goes at once, whoever waits before it`() {
    var town = Town()
    _ = town.plan(1, customer: "C")
    _ = town.plan(2, customer: "C")
    #expect(town.plan(3, customer: "D") == .go(.nested, [.customer("D")]))
    #expect(town.plan(4, party: .customerID("bcus_9")) == .go(.customer(id: "bcus_9"), []))
    #expect(town.plan(5, party: .accountID("bacc_9")) == .go(.account(id: "bacc_9"), []))
  }

  @Test func `what the ledger knows is named by id`() {
    var town = Town()
    town.ledger[.customer("C")] = .known(.customer("C"))
    town.ledger[.account("A")] = .known(.account("A", under: "C"))
    #expect(town.plan(1, customer: "C") == .go(.customer(id: "bcus_C"), []))
    #expect(town.plan(2, account: "A", customer: "C") == .go(.account(id: "bacc_A"), []))
    #expect(town.plan(3, account: "B", customer: "C") == .go(.accountUnder(customerID: "bcus_C"), [.account("B")]))
  }

  @Test func `rule 14: an account that is known under another customer is not used`() {
    var town = Town()
    town.ledger[.account("A")] = .known(.account("A", under: "D"))
    #expect(town.plan(1, account: "A", customer: "C") == .wrongCustomer)
  }

  @Test func `rule 14: a party that an unresolved request elsewhere may create blocks its rows`() {
    var town = Town()
    town.ledger[.account("A")] = .claimed
    town.ledger[.customer("C")] = .claimed
    #expect(town.plan(1, account: "A", customer: "D") == .blocked(.account("A")))
    #expect(town.plan(2, account: "B", customer: "C") == .blocked(.customer("C")))
    #expect(town.plan(3, customer: "C") == .blocked(.customer("C")))
    #expect(town.planner.waitingRows == 0)
  }

  @Test func `rule 15: a carrier that failed hands its duty to the earliest row that waits`() {
    var town = Town()
    _ = town.plan(1, account: "A", customer: "C")
    _ = town.plan(2, account: "B", customer: "C")
    _ = town.plan(3, account: "A", customer: "C")
    _ = town.plan(4, account: "B", customer: "C")
    #expect(town.end(1) == [.go(2, .nested, [.customer("C"), .account("B")])])
    #expect(town.planner.waitingRows == 2)
    #expect(
      town.learn([.customer("C"), .account("B", under: "C")])
        == [.go(3, .accountUnder(customerID: "bcus_C"), [.account("A")]), .go(4, .account(id: "bacc_B"))])
  }

  @Test func `rule 15: a duty passes on until there is nobody left`() {
    var town = Town()
    _ = town.plan(1, customer: "C")
    _ = town.plan(2, customer: "C")
    _ = town.plan(3, customer: "C")
    #expect(town.end(1) == [.go(2, .nested, [.customer("C")])])
    #expect(town.end(2) == [.go(3, .nested, [.customer("C")])])
    #expect(town.end(3) == [])
    #expect(town.plan(4, customer: "C") == .go(.nested, [.customer("C")]))
  }

  @Test func `rule 15: what a failed carrier made of its nest is used`() {
    var town = Town()
    _ = town.plan(1, account: "A", customer: "C")
    _ = town.plan(2, account: "A", customer: "C")
    _ = town.plan(3, account: "A", customer: "C")
    #expect(town.learn([.customer("C")]) == [])
    #expect(town.end(1) == [.go(2, .accountUnder(customerID: "bcus_C"), [.account("A")])])
    #expect(town.planner.waitingRows == 1)
  }

  @Test func `rule 15: an unknown carrier blocks its waiters, and they are not kept`() {
    var town = Town()
    _ = town.plan(1, account: "A", customer: "C")
    _ = town.plan(2, account: "B", customer: "C")
    _ = town.plan(3, account: "A", customer: "C")
    let blocked = town.planner.carrierUnknown(1).map(Town.Release.init)
    #expect(blocked == [.blocked(2, .customer("C")), .blocked(3, .account("A"))])
    #expect(town.planner.waitingRows == 0)
    #expect(town.planner.waitingBytes == 0)
  }

  @Test func `a carrier that succeeded without telling an id hands its duty on`() {
    var town = Town()
    _ = town.plan(1, customer: "C")
    _ = town.plan(2, customer: "C")
    #expect(town.learn([]) == [])
    #expect(town.end(1) == [.go(2, .nested, [.customer("C")])])
  }

  @Test func `rows wait for a carrier that an earlier run has sent`() {
    var town = Town()
    town.planner.carry(9, [.customer("C"), .account("A")])
    town.ledger[.customer("C")] = .claimed
    town.ledger[.account("A")] = .claimed
    #expect(town.plan(1, account: "A", customer: "C") == .wait(.account("A")))
    #expect(town.learn([.customer("C"), .account("A", under: "C")]) == [.go(1, .account(id: "bacc_A"))])
  }

  @Test func `the waiting space is bounded in rows and in bytes`() {
    var rows = Town(bounds: WaitingBounds(rows: 2, bytes: 1_000_000))
    var bytes = Town(bounds: WaitingBounds(rows: 1_000, bytes: 250))
    for record in 1...2 {
      _ = rows.plan(record, customer: "C")
      _ = bytes.plan(record, customer: "C")
    }
    #expect(!rows.planner.isFull)
    #expect(!bytes.planner.isFull)
    _ = rows.plan(3, customer: "C")
    _ = bytes.plan(3, customer: "C")
    #expect(rows.planner.isFull)
    #expect(!bytes.planner.isFull)
    _ = bytes.plan(4, customer: "C")
    #expect(bytes.planner.isFull)
    _ = rows.learn([.customer("C")])
    #expect(!rows.planner.isFull)
  }

  @Test func `the recently known parties are kept in bounded space`() {
    var recent = RecentParties(capacity: 2)
    for name in ["A", "B", "C"] { recent.insert(.customer(name)) }
    #expect(recent[.customer("A")] != nil)
    recent.insert(.customer("D"))
    recent.insert(.customer("E"))
    #expect(recent[.customer("A")] == nil)
    #expect(recent[.customer("E")] != nil)
  }
}
