import BillModel
import MomentAPI
import Testing

@testable import FileRuns

/// Rows of a finished file, held against what the API has.
@Suite struct VerifiedRowTests {
  private static let zar = CurrencyCode("ZAR")!
  private static let bill = Bill(
    reference: "B", currency: zar, amountDue: 100, party: .customer(Customer(reference: "C")))

  private static func row(
    _ operation: BillOperation, isChangedSince: Bool = false, history: SeriesHistory = SeriesHistory()
  )
    -> VerifiedRow
  {
    VerifiedRow(
      record: 1, operation: operation, settled: operation.reference, isChangedSince: isChangedSince,
      history: history, evidence: PartyEvidence(customer: .id("bcus_1")))
  }

  private static func remote(
    due: Int64 = 100, paid: Int64 = 0, status: RemoteBill.Status = .unpaid, metadata: [String: String] = [:]
  ) -> RemoteObject {
    .bill(
      RemoteBill(
        id: "bill_1", reference: "B", currency: zar, amountDue: due, amountPaid: paid, status: status,
        customerID: "bcus_1", metadata: metadata))
  }

  private static func verdict(_ operation: BillOperation, _ found: RemoteObject?, isChangedSince: Bool = false)
    -> VerifiedRow.Verdict?
  {
    var row = row(operation, isChangedSince: isChangedSince)
    guard case .ask(let question) = row.first, case .end(let verdict) = row.take(found, to: question) else {
      return nil
    }
    return verdict
  }

  private static func differs(_ name: String, _ asked: String?, _ found: String?) -> VerifiedRow.Verdict {
    .differs([Verification.Field(name: name, asked: asked, found: found)])
  }

  @Test func `a bill is the same, paid since, changed by a later row, or different`() {
    #expect(Self.verdict(.raise(Self.bill), Self.remote()) == .same)
    #expect(Self.verdict(.raise(Self.bill), Self.remote(paid: 5)) == .paidSince)
    #expect(Self.verdict(.raise(Self.bill), Self.remote(due: 90)) == Self.differs("amount_due", "100", "90"))
    #expect(Self.verdict(.raise(Self.bill), Self.remote(due: 90), isChangedSince: true) == .changedSince)
    #expect(
      Self.verdict(.raise(Self.bill), Self.remote(status: .voided)) == Self.differs("status", "not voided", "voided"))
    #expect(Self.verdict(.raise(Self.bill), nil) == Self.differs("external_reference", "there", "absent"))
  }

  @Test func `what was paid is to be there in full`() {
    let paid = BillOperation.raisePaid(PaidBill(bill: Self.bill, amountPaid: 40))
    #expect(Self.verdict(paid, Self.remote(paid: 40)) == .same)
    #expect(Self.verdict(paid, Self.remote(paid: 41)) == .paidSince)
    #expect(Self.verdict(paid, Self.remote(paid: 39)) == Self.differs("amount_paid", "40", "39"))
    let added = BillOperation.pay(
      Payment(bill: "B", currency: Self.zar, amount: 5, meaning: .added(reference: "P-1")))
    #expect(Self.verdict(added, Self.remote(paid: 5, metadata: ["billdrop_payment": "P-1"])) == .same)
    #expect(Self.verdict(added, Self.remote(paid: 5)) == Self.differs("metadata.billdrop_payment", "P-1", nil))
  }

  @Test func `a void is to be done`() {
    let void = BillOperation.void(VoidedBill(reference: "B"))
    #expect(Self.verdict(void, Self.remote(status: .voided)) == .same)
    #expect(Self.verdict(void, Self.remote()) == Self.differs("status", "voided", "unpaid"))
    // What took its place doesn't stand either.
    let followed = BillOperation.void(VoidedBill(reference: "B", series: .standard))
    var series = Self.row(followed, history: SeriesHistory(corrections: 1))
    #expect(series.take(Self.remote(status: .voided), to: .bill("B")) == .ask(.bill("B-R1")))
    var ended = series
    #expect(ended.take(nil, to: .bill("B-R1")) == .end(.same))
    #expect(series.take(Self.remote(), to: .bill("B-R1")) == .end(Self.differs("status", "voided", "unpaid")))
    // A bill that is only called as if it had.
    #expect(Self.verdict(followed, Self.remote(status: .voided)) == .same)
  }

  @Test func `what was added to a balance is told by the party's metadata`() {
    let party = PartyValues(key: PartyKey(.customer, "C"))
    let credit = BillOperation.credit(Credit(reference: "B", amount: -5, currency: Self.zar, party: party))
    var customer = RemoteCustomer(id: "bcus_1", reference: "C", metadata: ["billdrop_credit": "B"])
    #expect(Self.verdict(credit, .customer(customer)) == .same)
    customer.metadata = ["billdrop_credit": "B2"]
    #expect(Self.verdict(credit, .customer(customer)) == Self.differs("metadata.billdrop_credit", "B", "B2"))
    #expect(Self.verdict(credit, .customer(customer), isChangedSince: true) == .changedSince)
  }

  @Test func `a correction that was corrected again is looked for further on`() {
    var row = Self.row(.correct(Correction(bill: Self.bill)))
    #expect(row.first == .ask(.bill("B")))
    #expect(row.take(Self.remote(status: .voided), to: .bill("B")) == .ask(.bill("B-R1")))
  }

  @Test func `of a party what the row gives is compared, and names are not shown`() {
    let values = PartyValues(key: PartyKey(.customer, "C"), name: "Thandi", currency: Self.zar, balance: -5)
    var customer = RemoteCustomer(id: "bcus_1", reference: "C")
    (customer.name, customer.currency, customer.balance) = ("Thandi", Self.zar, -5)
    #expect(Self.verdict(.set(values), .customer(customer)) == .same)
    (customer.name, customer.balance) = ("Other", 7)
    let fields = [
      Verification.Field(name: "customer.name", asked: nil, found: nil),
      Verification.Field(name: "customer.balance", asked: "-5", found: "7"),
    ]
    #expect(Self.verdict(.set(values), .customer(customer)) == .differs(fields))
  }
}
