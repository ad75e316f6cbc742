import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

@Suite struct ChangingTests {
  private let scene: Scene

  init() throws {
    scene = try Scene()
    _ = scene.create(
      .bill,
      """
      {"external_reference":"B","currency":"ZAR","amount_due":500,"metadata":{"a":"1"},"account":\
      {"external_reference":"A","name":"old","customer":{"external_reference":"C","name":"old","metadata":{"m":"1"}}}}
      """)
  }

  @Test func `a change of a customer sets what is given and merges metadata`() {
    let answer = scene.send(
      .patch, "/billing/customers/C", #"{"email":"n@example.com","currency":"ZAR","balance":0,"metadata":{"n":"2"}}"#)
    #expect(answer?.status == 200)
    #expect(answer?["name"]?.string == "old" && answer?["email"]?.string == "n@example.com")
    #expect(answer?["balance"]?.integer == 0)
    #expect(answer?["metadata"] == .object(["m": "1", "n": "2"]))
    #expect(scene.send(.get, "/billing/customers/C")?.body == answer?.body)
  }

  @Test func `a change of an account sets what is given`() throws {
    let id = try #require(scene.send(.get, "/billing/accounts/A")?["id"]?.string)
    let answer = scene.send(.patch, "/billing/accounts/" + id, #"{"name":"new","currency":"USD","balance":-7}"#)
    #expect(answer?.status == 200)
    #expect(answer?["name"]?.string == "new" && answer?["balance"]?.integer == -7)
    #expect(answer?["external_reference"]?.string == "A")
  }

  @Test func `payments recorded on a bill are absolute and move its status`() {
    for (paid, remaining, status) in [(200, 300, "unpaid"), (500, 0, "paid"), (100, 400, "unpaid")] {
      let answer = scene.send(.patch, "/billing/bills/B", #"{"amount_paid":\#(paid),"currency":"ZAR"}"#)
      #expect(answer?.status == 200)
      #expect(answer?["amount_paid"]?.integer == Int64(paid))
      #expect(answer?["amount_remaining"]?.integer == Int64(remaining))
      #expect(answer?["status"]?.string == status)
    }
  }

  @Test func `metadata of a bill is merged`() {
    let answer = scene.send(.patch, "/billing/bills/B", #"{"metadata":{"a":"2","b":"3"}}"#)
    #expect(answer?["metadata"] == .object(["a": "2", "b": "3"]))
  }

  @Test func `an empty change changes nothing`() {
    for path in ["/billing/customers/C", "/billing/accounts/A", "/billing/bills/B"] {
      let before = scene.send(.get, path)
      let after = scene.send(.patch, path, "{}")
      #expect(after?.status == 200 && after?.body == before?.body)
    }
  }

  @Test(arguments: [
    ("/billing/customers/C", #"{"external_reference":"D"}"#, 400), ("/billing/customers/C", #"{"balance":1}"#, 400),
    ("/billing/customers/C", #"{"name":1}"#, 400), ("/billing/customers/C", "[]", 400),
    ("/billing/accounts/A", #"{"customer":"C"}"#, 400), ("/billing/accounts/A", #"{"email":"a@b.co"}"#, 400),
    ("/billing/bills/B", #"{"amount_due":1}"#, 400), ("/billing/bills/B", #"{"due_date":"2025-01-01"}"#, 400),
    ("/billing/bills/B", #"{"amount_paid":1}"#, 400), ("/billing/bills/B", "x", 400),
    ("/billing/bills/B", #"{"amount_paid":-1,"currency":"ZAR"}"#, 400),
    ("/billing/bills/B", #"{"amount_paid":1,"currency":"USD"}"#, 422),
    ("/billing/bills/B", #"{"amount_paid":501,"currency":"ZAR"}"#, 422),
    ("/billing/customers/none", "{}", 404), ("/billing/accounts/none", "{}", 404), ("/billing/bills/none", "{}", 404),
    ("/billing/bills/bill_00000000000", "{}", 404),
  ])
  func `a change that may not be is refused`(path: String, body: String, status: Int) {
    #expect(scene.send(.patch, path, body)?.status == status)
    #expect(scene.send(.get, "/billing/bills/B")?["amount_paid"]?.integer == 0)
  }

  @Test func `metadata never grows over twenty pairs`() {
    func pairs(_ range: Range<Int>) -> String { range.map { #""k\#($0)":"v""# }.joined(separator: ",") }
    for (path, room) in [("/billing/customers/C", 19), ("/billing/accounts/A", 20), ("/billing/bills/B", 19)] {
      #expect(scene.send(.patch, path, #"{"metadata":{\#(pairs(0..<room))}}"#)?.status == 200)
      #expect(scene.send(.patch, path, #"{"metadata":{"one-more":"v"}}"#)?.status == 422)
      #expect(scene.send(.patch, path, #"{"metadata":{"k0":"w"}}"#)?.status == 200)
    }
  }

  @Test func `a voided bill stays voided`() {
    #expect(scene.send(.post, "/billing/bills/B/void", key: "v-1")?["status"]?.string == "voided")
    #expect(scene.send(.patch, "/billing/bills/B", #"{"amount_paid":1,"currency":"ZAR"}"#)?.status == 409)
    #expect(scene.send(.post, "/billing/bills/B/void", key: "v-2")?.status == 200)
    #expect(scene.send(.post, "/billing/bills/none/void", key: "v-3")?.status == 404)
    #expect(scene.send(.get, "/billing/bills/B")?["status"]?.string == "voided")
  }

  @Test(arguments: ["/billing/customers/x", "/billing/accounts/x", "/billing/bills/x", "/billing/bills/bill_x"])
  func `what is not there is 404`(path: String) {
    let answer = scene.send(.get, path)
    #expect(answer?.status == 404)
    #expect(answer?["type"]?.string == "https://api.momentco.io/docs/errors#not-found")
    #expect(answer?["instance"]?.string == path)
  }
}

extension JSONValue {
  /// An object of strings.
  static func object(_ members: KeyValuePairs<String, String>) -> JSONValue {
    var object = JSONObject()
    for (key, value) in members { object[key] = .string(value) }
    return .object(object)
  }
}
