import BillModel
import Testing

@testable import MomentAPI

/// Every status, every kind of request, every kind of body.
@Suite struct JudgementTests {
  enum Body: String, CaseIterable {
    case right, empty, html, problem, cut

    func bytes(for kind: APIRequestKind) -> [UInt8] {
      let right = JudgementTests.rightBody(kind)
      return switch self {
      case .right: Array(right.utf8)
      case .empty: []
      case .html: Array("<html>Bad gateway</html>".utf8)
      case .problem: Array(#"{"type":"t","title":"Conflict","detail":"exists"}"#.utf8)
      case .cut: Array(right.utf8.dropLast(3))
      }
    }
  }

  static func rightBody(_ kind: APIRequestKind) -> String {
    switch kind.subject {
    case .bill where kind == .voidBill: Samples.createdBill.replacing("unpaid", with: "voided")
    case .bill: Samples.createdBill
    case .account: #"{"id":"bacc_1","external_reference":"B-1","customer_id":"bcus_1"}"#
    case .customer: #"{"id":"bcus_1","external_reference":"B-1"}"#
    }
  }

  private static func judge(_ status: Int, _ body: [UInt8], _ kind: APIRequestKind) -> Judgement {
    let isBill = kind == .createBill
    let expectation = Expectation(
      reference: "B-1", amountDue: isBill ? 12_345 : nil, currency: isBill ? Samples.zar : nil)
    return Judgement(of: body, status: status, to: kind, expecting: expectation)
  }

  /// The table, written apart from the code: what the rules say of a status, a kind and a body.
  private static func expected(_ status: Int, _ body: Body, _ kind: APIRequestKind) -> String {
    switch status {
    case 200...299 where body == .right: return kind.method == "POST" ? "accepted" : "found"
    case 401, 403, 407: return "unauthorised"
    case 404: return kind.isCreate ? "refused" : "notFound"
    case 408, 421, 425: return "transient"
    case 409: return kind.method == "POST" ? "conflict" : "refused"
    case 429: return "throttled"
    case 400...499: return "refused"
    case 500...599: return "transient"
    default: return "unreadable"
    }
  }

  @Test(arguments: APIRequestKind.allCases, Body.allCases)
  func `every status is judged as the table says`(kind: APIRequestKind, body: Body) {
    let bytes = body.bytes(for: kind)
    for status in Array(100...599) + [-1, 0, 99, 600, 999] {
      let judgement = Self.judge(status, bytes, kind)
      #expect(judgement.name == Self.expected(status, body, kind), "\(status)")
    }
  }

  @Test func `an answer that shows a bill which was to be voided as unpaid proves nothing`() {
    let body = Array(Samples.createdBill.utf8)
    #expect(Self.judge(200, body, .voidBill) == .unreadable(.notVoided))
  }

  @Test func `problems are kept where a body says something`() {
    let body = Body.problem.bytes(for: .createBill)
    #expect(
      Self.judge(409, body, .createBill)
        == .conflict(Problem(status: 409, type: "t", title: "Conflict", detail: "exists")))
    #expect(Self.judge(429, [], .createBill) == .throttled(nil))
    #expect(Self.judge(503, [], .createBill) == .transient(nil))
    #expect(Self.judge(400, [], .createBill) == .refused(Problem(status: 400)))
    #expect(
      Self.judge(502, Body.html.bytes(for: .createBill), .getBill)
        == .transient(Problem(status: 502, detail: "<html>Bad gateway</html>")))
  }

  @Test(arguments: [
    (#"{"external_reference":"B-2""#, UnreadableReason.otherReference("B-2")),
    (#"{"external_reference":"b-1""#, .otherReference("b-1")), (#"{"external_reference":null"#, .otherReference(nil)),
    ("{", .otherReference(nil)),
    (#"{"external_reference":"B-1","amount_due":12344,"currency":"ZAR""#, .otherAmount(12_344)),
    (#"{"external_reference":"B-1","currency":"ZAR""#, .otherAmount(nil)),
    (#"{"external_reference":"B-1","amount_due":12345,"currency":"USD""#, .otherCurrency("USD")),
    (#"{"external_reference":"B-1","amount_due":12345"#, .otherCurrency(nil)),
    (#"{"external_reference":"B-1","amount_due":12345,"currency":"zar""#, .otherCurrency(nil)),
  ])
  func `rule 5: a create's answer about anything else is unreadable`(members: String, reason: UnreadableReason) {
    let body = (members == "{" ? "{" : members + ",") + #""id":"bill_1"}"#
    #expect(Self.judge(201, Array(body.utf8), .createBill) == .unreadable(reason))
  }

  @Test(arguments: ["bill_", "bill_a_b", "bacc_1", "1", "", "bill_ä", "BILL_1"])
  func `an id of another form is unreadable`(id: String) {
    let body = Samples.createdBill.replacing("bill_9", with: id)
    #expect(Self.judge(201, Array(body.utf8), .createBill) == .unreadable(.id(id)))
  }

  @Test(
    arguments: [
      #""customer_id":"%""#, #""customer":{"id":"%"}"#, #""account":{"id":"bacc_1","customer_id":"%"}"#,
      #""account":{"id":"bacc_1","customer":{"id":"%"}}"#, #""account_id":"%""#, #""account":{"id":"%"}"#,
      #""customer_id":"%","x":1.5"#,
    ],
    ["", "../x", "sk_test_1", "bill_1", "bcus_", "bacc_ä", "bcus_1 ", "bcus_" + String(repeating: "x", count: 251)])
  func `rule 5: a bill whose party's id is none is unreadable, and nothing of that is told`(
    members: String, id: String
  ) {
    let body = Self.bill.replacing("}", with: "," + members.replacing("%", with: id) + "}")
    let judgement = Self.judge(201, Array(body.utf8), .createBill)
    let kind: PartyKind =
      members.contains(#"account_id":"%""#) || members.contains(#"account":{"id":"%""#) ? .account : .customer
    #expect(judgement == .unreadable(.partyID(kind)))
  }

  private static let bill = #"{"id":"bill_1","external_reference":"B-1","amount_due":12345,"currency":"ZAR"}"#

  @Test func `an account's customer must have an id, too, and a bare text is a reference`() {
    let account = #"{"id":"bacc_1","external_reference":"A-1","customer_id":"../x"}"#
    #expect(
      Judgement(of: Array(account.utf8), status: 200, to: .getAccount, expecting: Expectation())
        == .unreadable(.partyID(.customer)))
    let body = Self.bill.replacing("}", with: #","customer":"../x"}"#)
    #expect(Self.judge(201, Array(body.utf8), .createBill).name == "accepted")
  }

  @Test func `a bill found by its id must be that one`() {
    let body = Array(Samples.createdBill.utf8)
    func found(_ id: String) -> Judgement {
      Judgement(of: body, status: 200, to: .getBill, expecting: Expectation(id: id))
    }
    #expect(found("bill_9") == .found(.bill(Samples.remoteBill)))
    #expect(found("bill_8") == .unreadable(.otherID("bill_9")))
  }

  @Test func `a found bill may have other money: comparing is another's work`() {
    let body = Samples.createdBill.replacing("12345", with: "99")
    #expect(Self.judge(200, Array(body.utf8), .getBill).name == "found")
  }

  @Test func `rule 5: an answer that is cut anywhere is unreadable, never accepted`() {
    let body = Array(Samples.createdBill.utf8)
    for count in 0..<body.count {
      #expect(Self.judge(201, Array(body.prefix(count)), .createBill).name == "unreadable", "\(count) bytes")
    }
    #expect(Self.judge(201, body, .createBill) == .accepted(.bill(Samples.remoteBill)))
  }

  @Test(arguments: [
    "12345.5", "\"12345\"", "1e400", "123450000000000000000000000000", "-12345", "[12345]", "true", "null", "NaN",
    "012345",
  ])
  func `an amount that isn't the integer is unreadable`(amount: String) {
    let body = Samples.createdBill.replacing("\"amount_due\":12345", with: "\"amount_due\":\(amount)")
    #expect(Self.judge(201, Array(body.utf8), .createBill).name == "unreadable")
  }

  @Test(arguments: [
    "[]", "null", "1", "\"bill\"", "{}", "[{\"id\":\"bill_9\"}]", "{\"data\":{}}", "\u{FEFF}", "\0",
    "{\"id\":\"bill_9\"",
    String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 50_000),
    "{\"id\":\"bill_9\",\"external_reference\":{\"a\":1}}",
  ])
  func `a hostile body is unreadable`(body: String) {
    #expect(Self.judge(201, Array(body.utf8), .createBill).name == "unreadable")
    #expect(Self.judge(200, Array(body.utf8), .getAccount).name == "unreadable")
    #expect(Self.judge(200, Array(body.utf8), .getCustomer).name == "unreadable")
  }

  @Test func `bytes that are no UTF-8 are unreadable`() {
    var body = Array(Samples.createdBill.utf8)
    body[20] = 0xFF
    #expect(Self.judge(201, body, .createBill).name == "unreadable")
  }

  @Test func `bytes after the object are unreadable`() {
    #expect(Self.judge(201, Array((Samples.createdBill + "{}").utf8), .createBill).name == "unreadable")
  }
}

extension Judgement {
  fileprivate var name: String {
    switch self {
    case .accepted: "accepted"
    case .found: "found"
    case .notFound: "notFound"
    case .conflict: "conflict"
    case .refused: "refused"
    case .throttled: "throttled"
    case .transient: "transient"
    case .unreadable: "unreadable"
    case .unauthorised: "unauthorised"
    }
  }
}
