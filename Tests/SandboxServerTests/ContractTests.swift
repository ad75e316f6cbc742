import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

/// What the sandbox answers is what the contract names.
@Suite struct ContractTests {
  private struct Request {
    let method: HTTPMethod
    let path: String
    var key: String?
    var authorization: String? = "Bearer k"
    var body = ""
  }

  private static let contract = Result { try Contract() }

  /// Each kind of request, good and bad, in an order in which later ones meet what earlier ones made.
  private static let requests: [Request] = {
    let bill = Scene.nestedBill("B", account: "A", customer: "C")
    let creations: [(ObjectKind, String)] = [
      (.customer, #"{"external_reference":"C1","name":"n","email":"a@b.co","phone":"+27821234567"}"#),
      (.customer, #"{"external_reference":"C1"}"#), (.customer, #"{"external_reference":"bcus_1"}"#),
      (.customer, #"{"external_reference":"C2","currency":"ZAR","balance":-5,"metadata":{"a":"b"}}"#),
      (.customer, #"{"external_reference":"C3","currency":"ZAR","balance":9007199254740992}"#),
      (.account, #"{"external_reference":"A1","customer":"C1"}"#), (.account, #"{"external_reference":"A2"}"#),
      (.account, #"{"external_reference":"A3","customer":"nobody"}"#), (.bill, bill), (.bill, bill), (.bill, ""),
      (.bill, #"{"external_reference":"B1","currency":"ZAR","amount_due":0,"customer":"bcus_0"}"#),
      (.bill, #"{"external_reference":"B2","currency":"ZAR","amount_due":1,"customer":"bcus_0"}"#),
      (.bill, #"{"external_reference":"B3","currency":"ZAR","amount_due":1}"#),
      (
        .bill,
        #"{"external_reference":"B4","currency":"USD","amount_due":9,"due_date":"2020-01-01","customer":"bcus_0"}"#
      ),
      (
        .bill,
        #"{"external_reference":"B5","currency":"USD","amount_due":9,"customer":{"external_reference":"C9"}}"#
      ),
    ]
    let made = creations.enumerated().flatMap { number, creation in
      let request = Request(
        method: .post, path: "/billing/" + creation.0.collection, key: "k-\(number)", body: creation.1)
      return [request, request]
    }
    let changes: [(String, String)] = [
      ("customers/C1", #"{"name":"m","currency":"ZAR","balance":7}"#), ("customers/C1", #"{"balance":7}"#),
      ("accounts/A1", #"{"name":"m"}"#), ("accounts/none", "{}"), ("accounts/A1", "[]"),
      ("bills/B", #"{"amount_paid":500,"currency":"ZAR"}"#), ("bills/B", #"{"amount_paid":501,"currency":"ZAR"}"#),
      ("bills/B5", #"{"amount_paid":3,"currency":"ZAR"}"#), ("bills/B5", #"{"metadata":{"k":"v"}}"#),
    ]
    let changed = changes.map { Request(method: .patch, path: "/billing/" + $0, body: $1) }
    let read = ["customers/C1", "customers/C2", "accounts/A", "accounts/none", "bills/B", "bills/B5", "bills/bill_0"]
      .map { Request(method: .get, path: "/billing/" + $0) }
    let voided = [("B", "v-1"), ("B", "v-2"), ("B", "not a key"), ("none", "v-3")]
      .map { Request(method: .post, path: "/billing/bills/\($0)/void", key: $1) }
    return made + changed + read + voided + read + changed
      + [
        Request(method: .post, path: "/billing/bills", body: bill),
        Request(method: .get, path: "/billing/bills/B", authorization: nil),
      ]
  }()

  @Test(
    arguments: [
      "nested=conflict", "nested=adopt,string-refs=yes", "nested=update,detail=vague", "nested=422,payment-rules=no",
      "void-twice=409,reused-key=422", "stored-401=yes,stored-429=yes,rate-headers=all,reused-key=ignore",
    ], ["", "503=0.2,429=0.2,409=0.2,500-stored=0.1,half=0.1,500-after=0.1"])
  func `no answer is outside of the contract`(reading: String, faults: String) throws {
    let contract = try Self.contract.get()
    let scene = try Scene {
      try $0.readings.apply(reading)
      try $0.faults.apply(faults)
    }
    var statuses: Set<Int> = []
    for request in Self.requests {
      let sent = scene.send(
        request.method, request.path, key: request.key, authorization: request.authorization, request.body)
      let answer = try #require(sent)
      let violations = try contract.violations(request.method, request.path, answer)
      #expect(violations.isEmpty, "\(request) was answered \(answer.status): \(violations)")
      statuses.insert(answer.status)
    }
    if faults.isEmpty {
      #expect(statuses.isSuperset(of: [200, 201, 400, 401, 404]) && statuses.allSatisfy { $0 < 500 })
    } else {
      #expect(statuses.isSuperset(of: [200, 201, 404, 429, 500, 503]))
    }
  }

  @Test func `an answer that the contract doesn't have is found`() throws {
    let contract = try Self.contract.get()
    func answer(_ status: Int, _ body: String, type: String = "application/json") throws -> Scene.Answer {
      let bytes = Array(body.utf8)
      return Scene.Answer(
        status: status, replayed: false, body: try JSONValue(parsing: bytes),
        outgoing: OutgoingAnswer(status: UInt16(status), body: bytes, contentType: type))
    }
    let whole = #"{"id":"bcus_1","external_reference":"C"}"#
    #expect(try contract.violations(.get, "/billing/customers/C", answer(200, whole)).isEmpty)
    for (status, body, type) in [
      (200, #"{"external_reference":"C"}"#, "application/json"), (200, whole, "text/html"),
      (201, whole, "application/json"), (200, #"{"id":"C","external_reference":"C"}"#, "application/json"),
      (404, #"{"title":"t"}"#, "application/problem+json"), (418, "{}", "application/problem+json"),
    ] {
      #expect(try !contract.violations(.get, "/billing/customers/C", answer(status, body, type: type)).isEmpty)
    }
    #expect(try !contract.violations(.delete, "/billing/customers/C", answer(200, whole)).isEmpty)
  }
}
