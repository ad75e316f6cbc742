import HTTPServing
import SchemaRules
import Testing

@testable import SandboxServer

@Suite struct CreatingTests {
  private let scene: Scene

  init() throws { scene = try Scene() }

  @Test func `a customer is created with what was given and an id`() throws {
    let body = """
      {"external_reference":"C-1","name":"Zoë \\"Z\\" \\\\ Ltd","email":"z@example.com","phone":"+27821234567",\
      "currency":"ZAR","balance":-250,"metadata":{"area":"North"}}
      """
    let answer = try #require(scene.create(.customer, body))
    #expect(answer.status == 201 && !answer.replayed)
    for (key, value) in try JSONValue(parsing: Array(body.utf8)).object?.members.map({ ($0.key, $0.value) }) ?? [] {
      #expect(answer[key] == value)
    }
    #expect(answer["id"]?.string?.hasPrefix("bcus_") == true)
    #expect(answer["payment_rules"]?["max_amount"]?.integer == 99_999_999)
    #expect(scene.counts == [1, 0, 0])
  }

  @Test func `an account takes its customer by id, by reference or nested`() throws {
    let id = try #require(scene.create(.customer, #"{"external_reference":"C"}"#)?["id"]?.string)
    let byID = scene.create(.account, #"{"external_reference":"A1","customer":"\#(id)"}"#)
    let byReference = scene.create(.account, #"{"external_reference":"A2","customer":"C"}"#)
    let nested = scene.create(.account, #"{"external_reference":"A3","customer":{"external_reference":"D"}}"#)
    #expect(byID?["customer_id"]?.string == id && byReference?["customer_id"]?.string == id)
    #expect(nested?.status == 201 && nested?["customer_id"]?.string != id)
    #expect(scene.counts == [2, 3, 0])
  }

  @Test func `a bill creates customer and account on its way`() throws {
    let bill = try #require(scene.create(.bill, Scene.nestedBill("B1", account: "A", customer: "C")))
    #expect(bill.status == 201)
    #expect(scene.counts == [1, 1, 1])
    let account = try #require(scene.send(.get, "/billing/accounts/A"))
    #expect(bill["account_id"] == account["id"] && bill["customer_id"] == account["customer_id"])
    #expect(bill["status"]?.string == "unpaid")
    #expect(bill["amount_paid"]?.integer == 0 && bill["amount_remaining"]?.integer == 500)
  }

  @Test func `a bill takes its account or its customer by id`() throws {
    let account = try #require(
      scene.create(.account, #"{"external_reference":"A","customer":{"external_reference":"C"}}"#))
    let ids = (account["id"]?.string ?? "", account["customer_id"]?.string ?? "")
    let onAccount = scene.create(
      .bill, #"{"external_reference":"B1","currency":"ZAR","amount_due":1,"account":"\#(ids.0)"}"#)
    let onCustomer = scene.create(
      .bill, #"{"external_reference":"B2","currency":"USD","amount_due":99999999,"customer":"\#(ids.1)"}"#)
    #expect(onAccount?["account_id"]?.string == ids.0 && onAccount?["customer_id"]?.string == ids.1)
    #expect(onCustomer?["customer_id"]?.string == ids.1)
    #expect(onCustomer?.body.object?["account_id"] == nil)
    #expect(scene.counts == [1, 1, 2])
  }

  @Test func `a bill nests a customer, or an account under a customer that is there`() throws {
    let first = try #require(
      scene.create(
        .bill,
        #"{"external_reference":"B1","currency":"ZAR","amount_due":1,"customer":{"external_reference":"C"}}"#))
    let id = first["customer_id"]?.string ?? ""
    let second = scene.create(
      .bill,
      #"{"external_reference":"B2","currency":"ZAR","amount_due":1,"account":{"external_reference":"A","customer":"\#(id)"}}"#
    )
    #expect(second?.status == 201 && second?["customer_id"]?.string == id)
    #expect(scene.counts == [1, 1, 2])
  }

  @Test func `a bill without a date is of the sandbox's today`() throws {
    scene.state.clock.offset = 951_782_400_000 - SandboxClock().now
    let bill = scene.create(
      .bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1,"customer":{"external_reference":"C"}}"#)
    #expect(bill?["bill_date"]?.string == "2000-02-29")
    #expect(bill?.body.object?["due_date"] == nil)
  }

  @Test(arguments: [
    (ObjectKind.customer, #"{"external_reference":"C"}"#, "/external_reference", "customer"),
    (.account, #"{"external_reference":"A","customer":"C"}"#, "/external_reference", "account"),
    (
      .account, #"{"external_reference":"A9","customer":{"external_reference":"C"}}"#,
      "/customer/external_reference", "customer"
    ),
    (
      .bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1,"customer":{"external_reference":"C9"}}"#,
      "/external_reference", "bill"
    ),
    (
      .bill, #"{"external_reference":"B9","currency":"ZAR","amount_due":1,"customer":{"external_reference":"C"}}"#,
      "/customer/external_reference", "customer"
    ),
    (.bill, Scene.nestedBill("B9", account: "A", customer: "C9"), "/account/external_reference", "account"),
    (
      .bill, Scene.nestedBill("B9", account: "A9", customer: "C"), "/account/customer/external_reference", "customer"
    ),
  ])
  func `a reference that is taken is a conflict that names its object, and nothing is made`(
    kind: ObjectKind, body: String, pointer: String, existing: String
  ) throws {
    _ = scene.create(.bill, Scene.nestedBill("B", account: "A", customer: "C"))
    #expect(scene.counts == [1, 1, 1])
    let answer = try #require(scene.create(kind, body))
    #expect(answer.status == 409)
    #expect(answer.pointer == pointer)
    let named = try #require(
      ObjectKind.allCases.first { $0.name == existing }.map { scene.state.calls.objects.ids.id($0, 0) })
    #expect(answer["detail"]?.string?.contains(named) == true)
    #expect(answer.outgoing.contentType == "application/problem+json")
    #expect(scene.counts == [1, 1, 1])
  }

  @Test(arguments: [
    (ObjectKind.account, #"{"external_reference":"A","customer":"nobody"}"#, "/customer"),
    (.account, #"{"external_reference":"A","customer":"bcus_00000000000"}"#, "/customer"),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1,"customer":"bcus_1"}"#, "/customer"),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1,"account":"bacc_1"}"#, "/account"),
    (
      .bill,
      #"{"external_reference":"B","currency":"ZAR","amount_due":1,"bill_date":"2025-02-02","due_date":"2025-02-01","customer":{"external_reference":"C"}}"#,
      "/due_date"
    ),
  ])
  func `what is well formed and makes no sense is 422`(kind: ObjectKind, body: String, pointer: String) {
    let answer = scene.create(kind, body)
    #expect(answer?.status == 422)
    #expect(answer?.pointer == pointer)
    #expect(scene.counts == [0, 0, 0])
  }

  @Test(arguments: [
    (ObjectKind.customer, ""), (.customer, "{"), (.customer, "[]"), (.customer, "{}"),
    (.customer, #"{"external_reference":"a b"}"#), (.customer, #"{"external_reference":"bcus_1"}"#),
    (.customer, #"{"external_reference":"C","balance":1}"#), (.customer, #"{"external_reference":"C","x":1}"#),
    (.customer, #"{"external_reference":"C","phone":"0821234567"}"#),
    (.customer, #"{"external_reference":"C","email":"x"}"#),
    (.customer, #"{"external_reference":"C","external_reference":"D"}"#),
    (.customer, #"{"external_reference":"C","metadata":{"":"x"}}"#),
    (.account, #"{"external_reference":"A"}"#), (.account, #"{"external_reference":"A","customer":1}"#),
    (.account, #"{"external_reference":"A","customer":{}}"#),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1}"#),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1,"customer":"C"}"#),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1,"account":"A"}"#),
    (
      .bill,
      #"{"external_reference":"B","currency":"ZAR","amount_due":1,"account":{"external_reference":"A","customer":"C"}}"#
    ),
    (
      .bill,
      #"{"external_reference":"B","currency":"ZAR","amount_due":1,"account":"bacc_1","customer":{"external_reference":"C"}}"#
    ),
    (.bill, #"{"external_reference":"B","currency":"ZAR","customer":{"external_reference":"C"}}"#),
    (.bill, #"{"external_reference":"B","currency":"zar","amount_due":1,"customer":{"external_reference":"C"}}"#),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":0,"customer":{"external_reference":"C"}}"#),
    (
      .bill,
      #"{"external_reference":"B","currency":"ZAR","amount_due":100000000,"customer":{"external_reference":"C"}}"#
    ),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":"1","customer":{"external_reference":"C"}}"#),
    (.bill, #"{"external_reference":"B","currency":"ZAR","amount_due":1.5,"customer":{"external_reference":"C"}}"#),
    (
      .bill,
      #"{"external_reference":"B","currency":"ZAR","amount_due":1,"due_date":"2025-02-30","customer":{"external_reference":"C"}}"#
    ),
  ])
  func `a body that breaks the rules is 400 and makes nothing`(kind: ObjectKind, body: String) {
    #expect(scene.create(kind, body)?.status == 400)
    #expect(scene.counts == [0, 0, 0])
  }
}
