import BillModel
import Testing

@testable import PaymentEvents

@Suite struct EventJoinerTests {
  @Test func `an event is about the bill that it names, and about nothing where nobody knows it`() {
    var scene = Scene()
    scene.bill(1, due: 100)
    scene.event(#""bill_id":"bill_1""#, 40)
    scene.event(#""bill_id":"bill_9""#, 40)
    #expect(scene.joints() == [.bill(0, .named), .unknown(id: "bill_9")])
  }

  @Test func `the only open bill of an account is the one that its event is about`() {
    var scene = Scene()
    scene.account(1)
    scene.bill(1, due: 100, account: 1)
    scene.bill(2, due: 200, account: 1)
    scene.event(#""bill_id":"bill_1""#, 100, minutes: 60)
    scene.event(#""account_id":"bacc_1""#, 50, minutes: 61)
    #expect(scene.joints() == [.bill(0, .named), .bill(1, .onlyOpenBill)])
  }

  @Test func `several open bills are never guessed from, not even where an amount fits one exactly`() {
    var scene = Scene()
    scene.account(1)
    scene.bill(1, due: 100, account: 1)
    scene.bill(2, due: 200, account: 1)
    scene.event(#""account_id":"bacc_1""#, 200)
    #expect(scene.joints() == [.ambiguous(.account, id: "bacc_1", bills: [0, 1])])
  }

  @Test func `events are taken in the order in which amounts were applied, however they came`() {
    var scene = Scene()
    scene.account(1)
    scene.bill(1, due: 100, account: 1)
    scene.bill(2, due: 200, account: 1)
    scene.event(#""account_id":"bacc_1""#, 50, minutes: 70)
    scene.event(#""bill_id":"bill_1""#, 100, minutes: 60)
    #expect(scene.joints()[0] == .bill(1, .onlyOpenBill))
    scene.events.removeLast()
    scene.event(#""bill_id":"bill_1""#, 100, minutes: 80)
    #expect(scene.joints()[0] == .ambiguous(.account, id: "bacc_1", bills: [0, 1]))
  }

  @Test func `a bill that was raised later, or is voided, or in another currency, is none that fits`() throws {
    var scene = Scene()
    scene.account(1)
    scene.bill(1, due: 100, account: 1)
    scene.bill(2, due: 100, account: 1, raised: Scene.start.advanced(byMilliseconds: 30 * 86_400_000))
    scene.bill(3, due: 100, account: 1, voided: true)
    scene.bill(4, due: 100, account: 1, currency: try #require(CurrencyCode("USD")))
    scene.event(#""account_id":"bacc_1""#, 100)
    #expect(scene.joints() == [.bill(0, .onlyOpenBill)])
  }

  @Test func `an account without bills has a balance, and one that nobody knows has none`() {
    var scene = Scene()
    scene.account(1)
    scene.event(#""account_id":"bacc_1""#, 100)
    scene.event(#""account_id":"bacc_2""#, 100)
    #expect(scene.joints() == [.balance(.account, id: "bacc_1"), .unknown(id: "bacc_2")])
  }

  @Test func `a payment beyond the only bill is about that bill, and beyond several about none of them`() {
    var scene = Scene()
    scene.account(1)
    scene.bill(1, due: 100, account: 1)
    scene.event(#""account_id":"bacc_1""#, 100, minutes: 60)
    scene.event(#""account_id":"bacc_1""#, 100, minutes: 61)
    #expect(scene.joints()[1] == .bill(0, .onlyOpenBill))
    scene.bill(2, due: 50, account: 1)
    scene.events = []
    scene.event(#""bill_id":"bill_1""#, 100, minutes: 60)
    scene.event(#""bill_id":"bill_2""#, 50, minutes: 61)
    scene.event(#""account_id":"bacc_1""#, 10, minutes: 62)
    #expect(scene.joints()[2] == .ambiguous(.account, id: "bacc_1", bills: [0, 1]))
  }

  @Test func `a bill raised on a customer is found by the customer, by id and by reference`() {
    var scene = Scene()
    scene.world.add(KnownWorld.Party(key: PartyKey(.customer, "C-1"), id: "bcus_1", row: nil))
    scene.bill(1, due: 100)
    scene.event(#""customer_id":"bcus_1""#, 100)
    #expect(scene.joints() == [.bill(0, .onlyOpenBill)])
  }

  @Test func `what is paid on a party whose bills don't fit is no balance: its only voided bill, or unknown`() throws {
    let usd = try #require(CurrencyCode("USD"))
    let later = Scene.start.advanced(byMilliseconds: 30 * 86_400_000)
    var scene = Scene()
    for number in 1...4 { scene.account(number) }
    scene.bill(1, due: 100, account: 1)
    scene.bill(2, due: 100, account: 2, voided: true)
    scene.bill(3, due: 100, account: 3, raised: later)
    scene.bill(4, due: 100, account: 4, voided: true)
    scene.bill(5, due: 100, account: 4, voided: true)
    scene.event(#""account_id":"bacc_1""#, 100, currency: "USD")
    scene.event(#""account_id":"bacc_2""#, 100)
    scene.event(#""account_id":"bacc_3""#, 100)
    scene.event(#""account_id":"bacc_4""#, 100)
    #expect(
      scene.joints() == [
        .unknown(id: "bacc_1", .otherCurrency(Scene.zar)), .bill(1, .onlyVoidedBill),
        .unknown(id: "bacc_3", .raisedLater(.account)), .ambiguous(.account, id: "bacc_4", bills: [3, 4]),
      ])
    let result = scene.reconciled()
    #expect(result.standing("INV-2") == .voided && result.eventsOnBalances == 0)
    #expect(result.lines.first { $0.reference == "A-1" }?.note.contains("is in ZAR, and it was paid in \(usd)") == true)
    #expect(result.standing("A-3") == .unknown)
  }

  @Test func `a balance that a file set is paid before the first bill is raised on its party`() {
    var scene = Scene()
    let row = RaisingRow(file: "balances.csv", digest: "0123456789ab", record: 1, startedAt: Scene.start)
    scene.world.add(KnownWorld.Party(key: PartyKey(.account, "A-1"), id: "bacc_1", row: row))
    scene.bill(1, due: 100, account: 1, raised: Scene.start.advanced(byMilliseconds: 30 * 86_400_000))
    scene.event(#""account_id":"bacc_1""#, 100)
    #expect(scene.joints() == [.balance(.account, id: "bacc_1")])
  }

  @Test func `a bill whose currency nobody knows has that of the first event on it`() {
    var scene = Scene()
    scene.bill(1, due: nil)
    scene.event(#""bill_id":"bill_1""#, 100)
    scene.event(#""bill_id":"bill_1""#, 50, currency: "USD")
    #expect(scene.joints() == [.bill(0, .named), .unknown(id: "bill_1", .otherCurrency(Scene.zar))])
  }
}
