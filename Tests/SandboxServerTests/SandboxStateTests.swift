import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

@Suite struct SandboxStateTests {
  static let bill = Scene.nestedBill("B", account: "A", customer: "C")
  static let day: Int64 = 24 * 3600 * 1000

  // MARK: Keys

  @Test func `a repeat under the same key gets the stored answer, whatever happened since`() throws {
    let scene = try Scene()
    let first = try #require(scene.create(.bill, Self.bill, key: "k-1"))
    #expect(
      scene.send(.patch, "/billing/bills/B", #"{"amount_paid":500,"currency":"ZAR","metadata":{"x":"y"}}"#)?.status
        == 200)
    #expect(scene.send(.post, "/billing/bills/B/void", key: "v")?.status == 200)
    let again = try #require(scene.create(.bill, Self.bill, key: "k-1"))
    #expect(again.status == 201 && again.replayed)
    #expect(again.outgoing.body == first.outgoing.body)
    #expect(scene.counts == [1, 1, 1])
    #expect(scene.state.counters.replays == 1)
  }

  @Test(arguments: [ObjectKind.customer, .account])
  func `the stored answer of a party comes back too`(kind: ObjectKind) throws {
    let scene = try Scene()
    let body =
      kind == .customer
      ? #"{"external_reference":"P","name":"old"}"#
      : #"{"external_reference":"P","name":"old","customer":{"external_reference":"C"}}"#
    let first = scene.create(kind, body)
    #expect(scene.send(.patch, "/billing/\(kind.collection)/P", #"{"name":"new"}"#)?.status == 200)
    let again = scene.create(kind, body)
    #expect(again?.replayed == true && again?.outgoing.body == first?.outgoing.body)
  }

  @Test func `a failure is stored and replayed like a success`() throws {
    let scene = try Scene()
    let body = #"{"external_reference":"B","currency":"ZAR","amount_due":1,"customer":"bcus_1"}"#
    let first = scene.create(.bill, body, key: "k")
    #expect(first?.status == 422 && first?.replayed == false)
    let again = scene.create(.bill, body, key: "k")
    #expect(again?.status == 422 && again?.replayed == true && again?.outgoing.body == first?.outgoing.body)
    #expect(again?.outgoing.contentType == "application/problem+json")
  }

  @Test func `a stored conflict comes back although its cause is gone from the path`() throws {
    let scene = try Scene()
    _ = scene.create(.customer, #"{"external_reference":"C"}"#)
    #expect(scene.create(.bill, Self.bill, key: "k")?.status == 409)
    #expect(scene.create(.bill, Self.bill, key: "k")?.replayed == true)
  }

  @Test func `after 24 hours by the sandbox's clock a key is forgotten`() throws {
    let scene = try Scene()
    _ = scene.create(.bill, Self.bill, key: "k")
    scene.state.clock.offset += Self.day - 60_000
    #expect(scene.create(.bill, Self.bill, key: "k")?.replayed == true)
    scene.state.clock.offset += 60_000
    let answer = scene.create(.bill, Self.bill, key: "k")
    #expect(answer?.status == 409 && answer?.replayed == false)
    #expect(scene.create(.bill, Self.bill, key: "k")?.replayed == true)
  }

  @Test func `a key under way is a conflict until it has its answer`() throws {
    let scene = try Scene()
    let first = scene.admit(.post, "/billing/bills", key: "k", Self.bill)
    #expect(scene.create(.bill, Self.bill, key: "k")?.status == 409)
    #expect(scene.send(.get, "/billing/bills/B")?.status == 404)
    #expect(scene.conclude(first)?.status == 201)
    #expect(scene.create(.bill, Self.bill, key: "k")?.replayed == true)
  }

  @Test(arguments: [("409", 409), ("422", 422), ("ignore", 409)])
  func `another body under a used key is answered as the reading says`(reading: String, status: Int) throws {
    let scene = try Scene { try $0.readings.apply("reused-key=\(reading)") }
    _ = scene.create(.bill, Self.bill, key: "k")
    let other = Scene.nestedBill("B2", account: "A", customer: "C")
    let answer = scene.create(.bill, other, key: "k")
    #expect(answer?.status == status && answer?.replayed == false)
    #expect(scene.counts == [1, 1, 1])
    #expect(answer?.pointer == (reading == "ignore" ? "/account/customer/external_reference" : nil))
  }

  @Test func `the same body under a used key at another path is another request`() throws {
    let scene = try Scene()
    _ = scene.create(.customer, #"{"external_reference":"C"}"#, key: "k")
    #expect(scene.create(.account, #"{"external_reference":"C"}"#, key: "k")?.status == 409)
  }

  @Test(arguments: [nil, "", "a_b", String(repeating: "a", count: 256)])
  func `a creation without a usable key is 400`(key: String?) throws {
    let scene = try Scene()
    #expect(scene.send(.post, "/billing/bills", key: key, Self.bill)?.status == 400)
    _ = scene.create(.bill, Self.bill)
    #expect(scene.send(.post, "/billing/bills/B/void", key: key)?.status == 400)
    #expect(scene.counts == [1, 1, 1])
  }

  @Test func `reading and changing take no key`() throws {
    let scene = try Scene()
    _ = scene.create(.bill, Self.bill)
    #expect(scene.send(.get, "/billing/bills/B", key: "a_b")?.status == 200)
    #expect(scene.send(.patch, "/billing/bills/B", key: "a_b", "{}")?.status == 200)
  }

  // MARK: Keys of merchants, paths, limits

  @Test(arguments: [nil, "", "k", "Bearer ", "Bearer K", "Bearer kk", "Basic k"])
  func `without the right API key everything is 401, and nothing is stored`(authorization: String?) throws {
    let scene = try Scene()
    let answer = scene.send(.post, "/billing/bills", key: "k", authorization: authorization, Self.bill)
    #expect(answer?.status == 401)
    #expect(scene.send(.get, "/billing/bills/B", authorization: authorization)?.status == 401)
    #expect(scene.send(.patch, "/billing/bills/B", authorization: authorization, "{}")?.status == 401)
    #expect(scene.send(.get, "/nowhere", authorization: authorization)?.status == 401)
    #expect(scene.create(.bill, Self.bill, key: "k")?.status == 201)
    #expect(scene.state.counters.unauthorised == 4)
  }

  @Test func `with the reading stored-401 the refusal comes back after the key was mended`() throws {
    let scene = try Scene { try $0.readings.apply("stored-401=yes") }
    _ = scene.send(.post, "/billing/bills", key: "k", authorization: nil, Self.bill)
    let answer = scene.create(.bill, Self.bill, key: "k")
    #expect(answer?.status == 401 && answer?.replayed == true)
    #expect(scene.create(.bill, Self.bill, key: "k-2")?.status == 201)
  }

  @Test(arguments: [(HTTPMethod.get, "/billing/bills", 405), (.put, "/billing/bills/B", 405), (.get, "/x", 404)])
  func `paths and methods that are none are refused`(method: HTTPMethod, path: String, status: Int) throws {
    let scene = try Scene()
    #expect(scene.send(method, path)?.status == status)
    #expect(scene.state.counters.requests == ["other": 1])
  }

  @Test(arguments: [("no", false), ("yes", true)])
  func `above the limit it is 429, stored only by the reading`(reading: String, stored: Bool) throws {
    let scene = try Scene {
      $0.rate = 0.001
      try $0.readings.apply("rate-headers=retry-after,stored-429=\(reading)")
    }
    for _ in 0..<10 { #expect(scene.send(.get, "/billing/bills/B")?.status == 404) }
    let answer = try #require(scene.create(.bill, Self.bill, key: "k"))
    #expect(answer.status == 429 && !answer.replayed)
    #expect(answer.outgoing.headers.map(\.name) == ["Retry-After"])
    #expect(scene.state.counters.throttled == 1)
    #expect(scene.state.keys.count == (stored ? 1 : 0))
    #expect(scene.counts == [0, 0, 0])
  }

  // MARK: Readings

  @Test(arguments: [("adopt", "old"), ("update", "new")])
  func `a nested object that exists is used where the reading says so`(reading: String, name: String) throws {
    let scene = try Scene { try $0.readings.apply("nested=\(reading)") }
    _ = scene.create(
      .account,
      #"{"external_reference":"A","name":"old","customer":{"external_reference":"C","name":"old"}}"#)
    let answer = scene.create(
      .bill,
      #"{"external_reference":"B","currency":"ZAR","amount_due":1,"account":{"external_reference":"A","name":"new","customer":{"external_reference":"C","name":"new"}}}"#
    )
    #expect(answer?.status == 201)
    #expect(answer?["account_id"] == scene.send(.get, "/billing/accounts/A")?["id"])
    #expect(scene.send(.get, "/billing/accounts/A")?["name"]?.string == name)
    let other = scene.create(
      .bill,
      #"{"external_reference":"B2","currency":"ZAR","amount_due":1,"customer":{"external_reference":"C","name":"new"}}"#
    )
    #expect(other?.status == 201)
    #expect(scene.send(.get, "/billing/customers/C")?["name"]?.string == name)
    #expect(scene.counts == [1, 1, 2])
  }

  @Test func `a nested object that exists is 422 where the reading says so`() throws {
    let scene = try Scene { try $0.readings.apply("nested=422") }
    _ = scene.create(.customer, #"{"external_reference":"C"}"#)
    #expect(scene.create(.bill, Self.bill)?.status == 422)
    #expect(scene.create(.customer, #"{"external_reference":"C","name":"x"}"#)?.status == 409)
  }

  @Test func `bills take references as strings where the reading says so`() throws {
    let scene = try Scene { try $0.readings.apply("string-refs=yes") }
    _ = scene.create(.account, #"{"external_reference":"A","customer":{"external_reference":"C"}}"#)
    for (reference, party) in [
      ("B1", #""account":"A""#), ("B2", #""customer":"C""#),
      ("B3", #""account":{"external_reference":"A3","customer":"C"}"#),
    ] {
      let body = #"{"external_reference":"\#(reference)","currency":"ZAR","amount_due":1,\#(party)}"#
      #expect(scene.create(.bill, body)?.status == 201)
    }
    #expect(scene.counts == [1, 2, 3])
  }

  @Test func `voiding twice and vague problems are as the readings say`() throws {
    let scene = try Scene { try $0.readings.apply("void-twice=409,detail=vague,payment-rules=no") }
    #expect(scene.create(.bill, Self.bill)?.body.object?["payment_rules"] == nil)
    #expect(scene.send(.post, "/billing/bills/B/void", key: "v-1")?.status == 200)
    #expect(scene.send(.post, "/billing/bills/B/void", key: "v-2")?.status == 409)
    let vague = scene.create(.bill, Scene.nestedBill("B2", account: "A", customer: "C"))
    #expect(vague?.status == 409 && vague?["detail"]?.string == "Conflict" && vague?.pointer == nil)
  }

  // MARK: What is counted

  @Test func `requests, answers and money are counted`() throws {
    let scene = try Scene()
    _ = scene.create(.bill, Self.bill, key: "k")
    _ = scene.create(.bill, Self.bill, key: "k")
    _ = scene.create(
      .bill, #"{"external_reference":"U","currency":"USD","amount_due":70,"customer":{"external_reference":"D"}}"#)
    _ = scene.send(.patch, "/billing/bills/B", #"{"amount_paid":100,"currency":"ZAR"}"#)
    _ = scene.send(.post, "/billing/bills/U/void", key: "v")
    _ = scene.send(.get, "/billing/bills/none")
    let report = try JSONValue(parsing: scene.state.report)
    #expect(report["objects"]?["bills"]?.integer == 2)
    #expect(report["requests_total"]?.integer == 6)
    #expect(report["requests"]?["create_bill"]?.integer == 3)
    #expect(report["answers"]?["201"]?.integer == 3 && report["answers"]?["404"]?.integer == 1)
    #expect(report["replays"]?.integer == 1)
    #expect(report["money"]?["ZAR"]?["amount_due"]?.integer == 500)
    #expect(report["money"]?["ZAR"]?["amount_remaining"]?.integer == 400)
    #expect(report["money"]?["USD"]?["voided"]?.integer == 70)
    #expect(report["money"]?["USD"]?["amount_remaining"]?.integer == 0)
  }

  @Test func `the log has every request as it came and as it went`() throws {
    let scene = try Scene { try $0.faults.apply("drop-after=1") }
    _ = scene.create(.bill, Self.bill, key: "k")
    let line = try logLine(scene, 0)
    #expect(line["number"]?.integer == 1 && line["method"]?.string == "POST")
    #expect(line["path"]?.string == "/billing/bills" && line["idempotency_key"]?.string == "k")
    #expect(line["decided"]?.integer == 201 && line["answered"]?.integer == 0)
    #expect(line["fault"]?.string == "drop-after")
    #expect(line["body_bytes"]?.integer == Int64(Self.bill.utf8.count))
    #expect(line["body"] == nil && line["client"] == nil)
  }

  @Test func `the log names what a request made, however it ended, and its body where that is asked for`() throws {
    let scene = try Scene {
      $0.logsBodies = true
      try $0.faults.apply("half=1")
    }
    _ = scene.create(.bill, Self.bill, key: "k-1")
    try scene.set(faults: nil)
    _ = scene.create(.bill, Self.bill, key: "k-1")
    let account = try #require(scene.send(.get, "/billing/accounts/A")?["id"]?.string)
    _ = scene.create(.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1,"account":"\(account)"}"#)
    let lines = try (0..<4).map { try logLine(scene, $0) }
    #expect(lines[0]["made_account"]?.string == account && lines[0]["made_bill"] == nil)
    #expect(lines[0]["made_customer"]?.string?.hasPrefix("bcus_") == true)
    #expect(lines[0]["body"]?.string == Self.bill && lines[1]["replayed"] == .bool(true))
    #expect(lines[1]["made_customer"] == nil && lines[2]["body"] == nil)
    #expect(lines[3]["made_bill"]?.string == scene.send(.get, "/billing/bills/B")?["id"]?.string)
  }

  private func logLine(_ scene: Scene, _ number: Int) throws -> JSONValue {
    var writer = JSONWriter()
    scene.state.log.line(number, ids: scene.state.calls.objects.ids, to: &writer)
    return try JSONValue(parsing: writer.bytes)
  }
}
