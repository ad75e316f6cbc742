import BillModel
import Hashing

@testable import MomentAPI

/// Values that the tests share.
enum Samples {
  static let environment = EnvironmentStamp(origin: "https://api.momentpay.net", mode: .test)

  static let zar = CurrencyCode("ZAR".utf8)!

  static let customer = Customer(
    reference: "C-1", name: "Thandi", email: "t@example.com", phone: "+27821234567", currency: zar, balance: -5,
    metadata: Metadata([("tier", "gold")]))

  static let account = Account(
    reference: "A-1", name: "Water", currency: zar, balance: 0, metadata: Metadata([("meter", "7")]),
    customer: customer)

  static func bill(_ party: BillParty = .account(account), amountDue: Int64 = 12_345) -> Bill {
    Bill(
      reference: "B-1", currency: zar, amountDue: amountDue, billDate: CivilDate(year: 2026, month: 1, day: 31),
      dueDate: CivilDate(year: 2026, month: 2, day: 28), party: party, metadata: Metadata([("period", "2026-01")]))
  }

  static func builder(_ environment: EnvironmentStamp = environment) -> RequestBuilder {
    RequestBuilder(environment: environment)
  }

  /// What the server answers to the POST of `bill()`.
  static let createdBill = """
    {"id":"bill_9","external_reference":"B-1","currency":"ZAR","amount_due":12345,"amount_paid":0,\
    "amount_remaining":12345,"bill_date":"2026-01-31","due_date":"2026-02-28","status":"unpaid",\
    "customer_id":"bcus_1","account_id":"bacc_1","metadata":{"period":"2026-01"},"payment_rules":{"min_amount":1}}
    """

  /// The same bill as a value.
  static let remoteBill = RemoteBill(
    id: "bill_9", reference: "B-1", currency: zar, amountDue: 12_345, amountPaid: 0, amountRemaining: 12_345,
    billDate: CivilDate(year: 2026, month: 1, day: 31), dueDate: CivilDate(year: 2026, month: 2, day: 28),
    status: .unpaid, customerID: "bcus_1", accountID: "bacc_1", metadata: ["period": "2026-01"],
    hasPaymentRules: true)
}

extension APIRequest {
  var text: String { String(decoding: body, as: UTF8.self) }
}
