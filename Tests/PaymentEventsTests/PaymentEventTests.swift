import BillModel
import Hashing
import Testing

@testable import PaymentEvents

@Suite struct PaymentEventTests {
  private func read(_ data: String, type: String = "obligation.amount_applied") -> PaymentEvent {
    PaymentEvent(body: Array(#"{"id":"evt_1","type":"\#(type)","data":\#(data)}"#.utf8))
  }

  @Test func `an amount that was applied is read whole`() throws {
    let event = read(
      #"{"id":"ob_1","amount":24000,"currency":"ZAR","payment_id":"pay_1","bill_id":"bill_1","account_id":"bacc_1","#
        + #""metadata":{"a":"b"},"created_at":"2026-02-01T06:00:00.25+02:00","updated_at":"x"}"#)
    #expect(event.id == "evt_1")
    guard case .applied(let applied) = event.content else { return #expect(Bool(false), "\(event)") }
    #expect(applied.amount == 24_000 && applied.currency == CurrencyCode("ZAR"))
    #expect(applied.bill == "bill_1" && applied.account == "bacc_1" && applied.customer == nil)
    #expect(applied.payment == "pay_1" && applied.obligation == "ob_1")
    #expect(applied.createdAt?.rfc3339 == "2026-02-01T04:00:00.250Z")
  }

  @Test(
    arguments: [
      #"{"amount":0,"currency":"ZAR","bill_id":"bill_1"}"#, #"{"amount":-5,"currency":"ZAR","bill_id":"bill_1"}"#,
      #"{"amount":1.5,"currency":"ZAR","bill_id":"bill_1"}"#, #"{"amount":"5","currency":"ZAR","bill_id":"bill_1"}"#,
      #"{"amount":5,"currency":"zar","bill_id":"bill_1"}"#, #"{"amount":5,"bill_id":"bill_1"}"#,
      #"{"amount":5,"currency":"ZAR"}"#, #"{"amount":5,"currency":"ZAR","bill_id":"INV-1"}"#,
      #"{"amount":5,"currency":"ZAR","bill_id":7}"#, #"{"amount":5,"currency":"ZAR","account_id":"bacc_/../x"}"#,
      #"{"amount":99999999999999999999,"currency":"ZAR","bill_id":"bill_1"}"#, "[]", "null", #""text""#,
    ])
  func `what can't be gone by is unreadable, and keeps its id`(data: String) {
    guard case .unreadable = read(data).content else { return #expect(Bool(false), "\(data)") }
    #expect(read(data).id == "evt_1")
  }

  @Test func `another type is no money, and no object is no event`() {
    #expect(read("{}", type: "bill.created").content == .other(type: "bill.created"))
    for text in ["", "[]", "{", "{}", #"{"id":5}"#, #"{"id":""}"#, #"{"id":"a b"}"#, "\u{0}", #"{"id":"x","id":"y"}"#] {
      let event = PaymentEvent(body: Array(text.utf8))
      guard case .unreadable = event.content else { return #expect(Bool(false), "\(text)") }
      #expect(event.id == "")
    }
  }

  @Test func `deep nesting is refused and not followed`() {
    let deep = String(repeating: "[", count: 100_000)
    guard case .unreadable = PaymentEvent(body: Array(deep.utf8)).content else { return #expect(Bool(false)) }
  }

  @Test func `two deliveries of one event have the same content, two amounts have not`() {
    func digest(_ amount: Int, _ updated: String) -> String {
      let body = Array(
        #"{"id":"evt_1","type":"obligation.amount_applied","data":{"amount":\#(amount),"currency":"ZAR","bill_id":"bill_1","updated_at":"\#(updated)"}}"#
          .utf8)
      return PaymentEvent(body: body).contentDigest(body: body).hex
    }
    #expect(digest(5, "a") == digest(5, "b"))
    #expect(digest(5, "a") != digest(6, "a"))
  }

  @Test(arguments: [
    ("2026-01-31T23:59:59Z", "2026-01-31T23:59:59.000Z"), ("2026-01-31t23:59:59.9876z", "2026-01-31T23:59:59.987Z"),
    ("2026-02-01T00:30:00-00:30", "2026-02-01T01:00:00.000Z"),
  ])
  func `times are read as RFC 3339 has them`(text: String, expected: String) {
    #expect(WallTime(rfc3339: text)?.rfc3339 == expected)
  }

  @Test(arguments: [
    "", "2026-01-31", "2026-02-30T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T23:59:59", "2026-01-31T23:59:59.Z",
    "2026-01-31T23:59:59+2:00",
  ])
  func `what is no time is none`(text: String) { #expect(WallTime(rfc3339: text) == nil) }
}
