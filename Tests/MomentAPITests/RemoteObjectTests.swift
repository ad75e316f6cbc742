import BillModel
import Testing

@testable import MomentAPI

@Suite struct RemoteObjectTests {
  private func read(_ body: String, _ subject: APIRequestKind.Subject) throws -> RemoteObject {
    try RemoteObject(reading: Array(body.utf8), as: subject)
  }

  @Test func `a bill is read whole`() throws {
    #expect(try read(Samples.createdBill, .bill) == .bill(Samples.remoteBill))
  }

  @Test func `an account and a customer are read whole`() throws {
    let account = """
      {"id":"bacc_1","external_reference":"A-1","customer_id":"bcus_1","name":"Water","currency":"ZAR","balance":-7,
      "metadata":{"a":"1"}}
      """
    #expect(
      try read(account, .account)
        == .account(
          RemoteAccount(
            id: "bacc_1", reference: "A-1", customerID: "bcus_1", name: "Water", currency: Samples.zar, balance: -7,
            metadata: ["a": "1"])))
    let customer = """
      {"id":"bcus_1","external_reference":"C-1","name":"T","email":"e","phone":"+1","currency":"ZAR","balance":3}
      """
    #expect(
      try read(customer, .customer)
        == .customer(
          RemoteCustomer(
            id: "bcus_1", reference: "C-1", name: "T", email: "e", phone: "+1", currency: Samples.zar, balance: 3)))
  }

  @Test(arguments: [
    (#""customer":"bcus_2""#, RemoteBill(id: "bill_1", customerID: "bcus_2")),
    (#""customer":"C-2""#, RemoteBill(id: "bill_1", customerReference: "C-2")),
    (
      #""customer":{"id":"bcus_2","external_reference":"C-2"}"#,
      RemoteBill(id: "bill_1", customerID: "bcus_2", customerReference: "C-2")
    ),
    (
      #""account":{"id":"bacc_2","external_reference":"A-2","customer_id":"bcus_2"}"#,
      RemoteBill(id: "bill_1", customerID: "bcus_2", accountID: "bacc_2", accountReference: "A-2")
    ),
    (
      #""account":{"id":"bacc_2","customer":{"id":"bcus_2","external_reference":"C-2"}},"customer_id":"bcus_3""#,
      RemoteBill(id: "bill_1", customerID: "bcus_3", accountID: "bacc_2", customerReference: "C-2")
    ),
    (#""account":null,"customer":null,"metadata":null"#, RemoteBill(id: "bill_1")),
  ])
  func `parties are read however they are named`(members: String, bill: RemoteBill) throws {
    #expect(try read("{\"id\":\"bill_1\",\(members)}", .bill) == .bill(bill))
  }

  @Test func `metadata that are no strings are taken by their text, and what is neither left out`() throws {
    let body = #"{"id":"bcus_1","metadata":{"a":1,"b":true,"c":null,"d":[1],"e":"x"}}"#
    #expect(
      try read(body, .customer)
        == .customer(RemoteCustomer(id: "bcus_1", metadata: ["a": "1", "b": "true", "e": "x"])))
  }

  @Test(arguments: ["2026-02-30", "2026-2-3", "2026-01-31T00:00:00Z", "31-01-2026", "", "2026-01-3a"])
  func `a date that is none counts as absent`(date: String) throws {
    #expect(try read("{\"id\":\"bill_1\",\"due_date\":\"\(date)\"}", .bill) == .bill(RemoteBill(id: "bill_1")))
  }

  @Test func `of a status that isn't documented no more is kept than may be shown`() throws {
    let text = #"\u001b[2J sk_test_4d1e90aa77 thandi@example.com"# + String(repeating: "x", count: 900_000)
    guard case .bill(let bill) = try read("{\"id\":\"bill_1\",\"status\":\"\(text)\"}", .bill),
      case .other(let status) = bill.status
    else { throw UnreadableReason.empty }
    #expect(status.count <= 41 && !status.contains("4d1e") && !status.contains("thandi") && !status.contains("\u{1B}"))
  }

  @Test func `a status that isn't documented is kept`() throws {
    #expect(
      try read(#"{"id":"bill_1","status":"draft"}"#, .bill) == .bill(RemoteBill(id: "bill_1", status: .other("draft"))))
  }

  @Test(arguments: [
    (RemoteBill(id: "b", status: .paid), true), (RemoteBill(id: "b", amountPaid: 1, status: .unpaid), true),
    (RemoteBill(id: "b", amountPaid: 0, status: .unpaid), false), (RemoteBill(id: "b"), false),
    (RemoteBill(id: "b", amountDue: 5, amountRemaining: 4), true),
    (RemoteBill(id: "b", amountDue: 5, amountRemaining: 5), false),
  ])
  func `a bill tells whether something was paid on it`(bill: RemoteBill, paid: Bool) {
    #expect(bill.isPaidOrPartPaid == paid)
  }
}
