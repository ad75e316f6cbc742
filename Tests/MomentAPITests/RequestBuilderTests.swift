import BillModel
import Hashing
import Testing

@testable import MomentAPI

@Suite struct RequestBuilderTests {
  private static let customerJSON = """
    {"external_reference":"C-1","name":"Thandi","email":"t@example.com","phone":"+27821234567","currency":"ZAR",\
    "balance":-5,"metadata":{"tier":"gold"}}
    """

  private static func accountJSON(customer: String) -> String {
    """
    {"customer":\(customer),"external_reference":"A-1","name":"Water","currency":"ZAR","balance":0,\
    "metadata":{"meter":"7"}}
    """
  }

  private static func billJSON(_ party: String) -> String {
    """
    {"external_reference":"B-1","currency":"ZAR","amount_due":12345,"bill_date":"2026-01-31",\
    "due_date":"2026-02-28",\(party),"metadata":{"period":"2026-01"}}
    """
  }

  @Test(arguments: [
    (BodyForm.nested, BillParty.account(Samples.account), "\"account\":" + accountJSON(customer: customerJSON)),
    (
      .accountUnder(customerID: "bcus_7"), .account(Samples.account),
      "\"account\":" + accountJSON(customer: "\"bcus_7\"")
    ),
    (.account(id: "bacc_7"), .account(Samples.account), "\"account\":\"bacc_7\""),
    (.account(id: "bacc_7"), .accountID("bacc_7"), "\"account\":\"bacc_7\""),
    (.nested, .accountID("bacc_7"), "\"account\":\"bacc_7\""),
    (.nested, .customer(Samples.customer), "\"customer\":" + customerJSON),
    (.customer(id: "bcus_7"), .customer(Samples.customer), "\"customer\":\"bcus_7\""),
    (.customer(id: "bcus_7"), .customerID("bcus_7"), "\"customer\":\"bcus_7\""),
    (.nested, .customerID("bcus_7"), "\"customer\":\"bcus_7\""),
  ])
  func `a bill is written in each form that its party can take`(form: BodyForm, party: BillParty, json: String) throws {
    let request = try Samples.builder().createBill(Samples.bill(party), form: form, epoch: 1)
    #expect(request.text == Self.billJSON(json))
    #expect(request.kind == .createBill)
    #expect(request.method == "POST")
    #expect(request.path == "/billing/bills")
    #expect(request.bodyDigest == SHA256Digest(hashing: request.body))
    #expect(request.expectation == Expectation(reference: "B-1", amountDue: 12_345, currency: Samples.zar))
  }

  @Test(arguments: [
    (BodyForm.account(id: "bacc_7"), BillParty.customer(Samples.customer)),
    (.account(id: "bacc_7"), .customerID("bcus_7")), (.account(id: "bacc_7"), .accountID("bacc_8")),
    (.customer(id: "bcus_7"), .account(Samples.account)), (.customer(id: "bcus_7"), .accountID("bacc_7")),
    (.customer(id: "bcus_7"), .customerID("bcus_8")), (.accountUnder(customerID: "bcus_7"), .accountID("bacc_7")),
    (.accountUnder(customerID: "bcus_7"), .customer(Samples.customer)),
    (.accountUnder(customerID: "bcus_7"), .customerID("bcus_7")),
  ])
  func `a form that doesn't fit the bill's party is refused`(form: BodyForm, party: BillParty) {
    #expect(throws: RequestError.formDoesNotFit) {
      try Samples.builder().createBill(Samples.bill(party), form: form, epoch: 1)
    }
  }

  @Test func `what is absent isn't written`() throws {
    let bill = Bill(
      reference: "B", currency: Samples.zar, amountDue: 1, party: .customer(Customer(reference: "C")))
    let request = try Samples.builder().createBill(bill, form: .nested, epoch: 1)
    #expect(
      request.text
        == #"{"external_reference":"B","currency":"ZAR","amount_due":1,"customer":{"external_reference":"C"}}"#)
  }

  @Test func `accounts and customers are made on their own, too`() {
    let builder = Samples.builder()
    let nested = builder.createAccount(Samples.account, customerID: nil, epoch: 1)
    #expect(nested.text == Self.accountJSON(customer: Self.customerJSON))
    #expect(nested.path == "/billing/accounts")
    let under = builder.createAccount(Samples.account, customerID: "bcus_7", epoch: 1)
    #expect(under.text == Self.accountJSON(customer: "\"bcus_7\""))
    let customer = builder.createCustomer(Samples.customer, epoch: 1)
    #expect(customer.text == Self.customerJSON)
    #expect(customer.path == "/billing/customers")
    #expect(customer.expectation == Expectation(reference: "C-1"))
    #expect(Set([nested, under, customer].map(\.idempotencyKey)).count == 3)
  }

  @Test func `objects are looked up by reference and by id, without a body or a key`() throws {
    let builder = Samples.builder()
    let requests = [
      try builder.getBill(reference: "B_1-x"), try builder.getBill(id: "bill_9Z"),
      try builder.getParty(PartyKey(.account, "A-1")), try builder.getParty(.account, id: "bacc_1"),
      try builder.getParty(PartyKey(.customer, "C-1")), try builder.getParty(.customer, id: "bcus_1"),
    ]
    #expect(
      requests.map(\.path) == [
        "/billing/bills/B_1-x", "/billing/bills/bill_9Z", "/billing/accounts/A-1", "/billing/accounts/bacc_1",
        "/billing/customers/C-1", "/billing/customers/bcus_1",
      ])
    #expect(requests.map(\.expectation.reference) == ["B_1-x", nil, "A-1", nil, "C-1", nil])
    #expect(requests.map(\.expectation.id) == [nil, "bill_9Z", nil, "bacc_1", nil, "bcus_1"])
    #expect(requests.allSatisfy { $0.method == "GET" && $0.body.isEmpty && $0.idempotencyKey == nil })
  }

  @Test func `a reference is percent-encoded in a path`() throws {
    let request = try Samples.builder().getBill(reference: "a/b?c#d e%ü~.")
    #expect(request.path == "/billing/bills/a%2Fb%3Fc%23d%20e%25%C3%BC~.")
  }

  @Test(arguments: ["", ".", "..", "bill_1", "bacc_", "bcus_x-y"])
  func `a reference that could be taken for an id or another path is not looked up`(reference: String) {
    let builder = Samples.builder()
    #expect(throws: RequestError.ambiguousReference(reference)) { try builder.getBill(reference: reference) }
    #expect(throws: RequestError.ambiguousReference(reference)) {
      try builder.getParty(PartyKey(.account, reference))
    }
  }

  @Test(arguments: ["", "bill_", "bill_a-b", "bill_a/b", "bacc_1", "BILL_1", "bill_ä", "xbill_1"])
  func `what isn't an id of the kind is not looked up as one`(id: String) {
    #expect(throws: RequestError.malformedID(id)) { try Samples.builder().getBill(id: id) }
  }

  @Test func `the header fields carry the key and the types`() throws {
    let create = try Samples.builder().createBill(Samples.bill(), form: .nested, epoch: 1)
    #expect(create.headers.map(\.0) == ["Idempotency-Key", "Content-Type", "Accept"])
    #expect(create.headers.first?.1 == create.idempotencyKey)
    #expect(try Samples.builder().getBill(reference: "B").headers.map(\.0) == ["Accept"])
  }
}
