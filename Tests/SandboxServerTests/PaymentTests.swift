import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

@Suite struct PaymentTests {
  private func pay(_ scene: Scene, _ order: String) -> Result<[MadePayment], Problem> {
    do throws(Problem) { return .success(try scene.state.pay(try? JSONValue(parsing: Array(order.utf8)))) } catch {
      return .failure(error)
    }
  }

  private func scene() throws -> Scene {
    let scene = try Scene()
    _ = scene.create(.bill, Scene.nestedBill("B-1", account: "A-1", customer: "C-1"))
    return scene
  }

  @Test func `a bill is paid in part, whole and over`() throws {
    let scene = try scene()
    func bill() -> [Int64?] {
      let answer = scene.send(.get, "/billing/bills/B-1")
      return [answer?["amount_paid"]?.integer, answer?["amount_remaining"]?.integer]
    }
    #expect(try pay(scene, #"{"bill":"B-1","amount":200}"#).get().map(\.amount) == [200])
    #expect(bill() == [200, 300])
    #expect(try pay(scene, #"{"bill":"B-1"}"#).get().map(\.amount) == [300])
    #expect(bill() == [500, 0])
    #expect(scene.send(.get, "/billing/bills/B-1")?["status"]?.string == "paid")
    #expect(try pay(scene, #"{"bill":"B-1","amount":10}"#).get().count == 1)
    #expect(bill() == [510, 0])
  }

  @Test func `a balance goes down by what is paid`() throws {
    let scene = try scene()
    _ = scene.send(.patch, "/billing/accounts/A-1", #"{"balance":100,"currency":"ZAR"}"#)
    _ = try pay(scene, #"{"account":"A-1","amount":130}"#).get()
    #expect(scene.send(.get, "/billing/accounts/A-1")?["balance"]?.integer == -30)
  }

  @Test func `what can't be paid isn't`() throws {
    let scene = try scene()
    for (order, status) in [
      (#"{"bill":"B-9"}"#, 404), (#"{"bill":"B-1","amount":0}"#, 400), (#"{"amount":5}"#, 400), ("[]5", 400),
      (#"{"bill":"B-1","account":"A-1","amount":5}"#, 400), (#"{"account":"A-1"}"#, 400),
      (#"{"customer":"C-1","amount":5}"#, 422),
    ] {
      guard case .failure(let problem) = pay(scene, order) else {
        #expect(Bool(false), "\(order)")
        continue
      }
      #expect(problem.status == status, "\(order)")
    }
    _ = try pay(scene, #"{"bill":"B-1"}"#).get()
    guard case .failure(let problem) = pay(scene, #"{"bill":"B-1"}"#) else { return #expect(Bool(false)) }
    #expect(problem.status == 422)
  }

  @Test func `an event names the bill, or whom it was raised on`() throws {
    let scene = try scene()
    let made = try pay(scene, #"[{"bill":"B-1","amount":1},{"bill":"B-1","amount":2,"names":"party"}]"#).get()
    let bill = try #require(scene.send(.get, "/billing/bills/B-1"))
    let events = try made.map { try #require(try JSONValue(parsing: $0.event).object) }
    let data = events.compactMap { $0["data"]?.object }
    #expect(data[0]["bill_id"]?.string == bill["id"]?.string && data[0]["account_id"] == nil)
    #expect(data[1]["account_id"]?.string == bill["account_id"]?.string && data[1]["bill_id"] == nil)
    #expect(Set(events.compactMap { $0["id"]?.string }).count == 2)
    #expect(data.map { $0["amount"]?.integer } == [1, 2])
    #expect(Set(made.map(\.messageID)).isDisjoint(with: made.map(\.eventID)))
  }

  @Test func `an address is on this machine`() {
    #expect(WebhookAddress("http://127.0.0.1:8088/hooks")?.path == "/hooks")
    #expect(WebhookAddress("http://localhost:1")?.port == 1)
    for text in [
      "https://127.0.0.1:1/", "http://example.com:1/", "http://127.0.0.1/", "http://127.0.0.1:0/",
      "http://127.0.0.1:1/ a", "",
    ] {
      #expect(WebhookAddress(text) == nil, "\(text)")
    }
  }
}
