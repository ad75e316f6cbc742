import BillModel
import Testing

@testable import MomentAPI

@Suite struct BillComparisonTests {
  private static let known = PartyEvidence(customer: .id("bcus_1"), account: .id("bacc_1"))

  private func compare(
    _ bill: Bill = Samples.bill(), evidence: PartyEvidence = known, _ change: (inout RemoteBill) -> Void = { _ in }
  ) -> BillComparison {
    var remote = Samples.remoteBill
    change(&remote)
    return BillComparison(of: remote, with: bill, evidence: evidence)
  }

  @Test func `rule 12: a bill that says what the row says is the same`() {
    #expect(compare() == .same)
    #expect(compare { $0.metadata["more"] = "theirs" } == .same)
    #expect(compare { $0.customerID = nil } == .same)
  }

  @Test func `rule 12: each field that differs is named`() {
    #expect(compare { $0.reference = "B-2" } == .differs(["external_reference"]))
    #expect(compare { $0.currency = CurrencyCode("USD") } == .differs(["currency"]))
    #expect(compare { $0.amountDue = 1 } == .differs(["amount_due"]))
    #expect(compare { $0.amountDue = nil } == .differs(["amount_due"]))
    #expect(compare { $0.billDate = nil } == .differs(["bill_date"]))
    #expect(compare { $0.dueDate = CivilDate(year: 2026, month: 3, day: 1) } == .differs(["due_date"]))
    #expect(compare { $0.metadata = ["period": "2026-02"] } == .differs(["metadata.period"]))
    #expect(compare { $0.metadata = [:] } == .differs(["metadata.period"]))
    #expect(compare { $0.accountID = "bacc_2" } == .differs(["account.external_reference"]))
    let all = compare { $0 = RemoteBill(id: "bill_9") }
    #expect(
      all
        == .differs([
          "external_reference", "currency", "amount_due", "bill_date", "due_date", "account.external_reference",
          "metadata.period",
        ]))
  }

  @Test func `a date that the row doesn't give is the server's for the bill's, not for the due one`() {
    var bill = Samples.bill()
    bill.billDate = nil
    #expect(compare(bill) == .same)
    bill.dueDate = nil
    #expect(compare(bill) == .differs(["due_date"]))
    #expect(compare(bill) { $0.dueDate = nil } == .same)
  }

  @Test func `rule 12: a voided bill is that, whatever else differs`() {
    #expect(compare { $0.status = .voided } == .voided)
    #expect(
      compare {
        $0.status = .voided
        $0.amountDue = 1
      } == .voided)
  }

  @Test func `rule 12: a paid or part-paid bill that is else the same is the same, noted`() {
    #expect(compare { $0.status = .paid } == .samePaid)
    #expect(compare { $0.amountPaid = 5 } == .samePaid)
    #expect(
      compare {
        $0.amountPaid = 5
        $0.amountDue = 1
      } == .differs(["amount_due"]))
  }

  @Test(arguments: [
    (PartyEvidence(), BillComparison.partyUnknown), (PartyEvidence(account: .id("bacc_1")), .same),
    (PartyEvidence(account: .id("bacc_2")), .differs(["account.external_reference"])),
    (PartyEvidence(account: .absent), .differs(["account.external_reference"])),
    (PartyEvidence(customer: .id("bcus_1")), .partyUnknown),
  ])
  func `an account described by the row is told by the id that is known for it`(
    evidence: PartyEvidence, expected: BillComparison
  ) {
    #expect(compare(evidence: evidence) == expected)
  }

  @Test func `a reference that comes with the bill needs no evidence`() {
    #expect(compare(evidence: PartyEvidence()) { $0.accountReference = "A-1" } == .same)
    #expect(
      compare(evidence: Self.known) { $0.accountReference = "A-2" } == .differs(["account.external_reference"]))
  }

  @Test func `a bill on a customer must not hang on an account`() {
    let bill = Samples.bill(.customer(Samples.customer))
    #expect(compare(bill) == .differs(["customer.external_reference"]))
    #expect(compare(bill) { $0.accountID = nil } == .same)
    #expect(compare(bill, evidence: PartyEvidence()) { $0.accountID = nil } == .partyUnknown)
    #expect(
      compare(bill, evidence: PartyEvidence(customer: .id("bcus_2"))) { $0.accountID = nil }
        == .differs(["customer.external_reference"]))
  }

  @Test func `a party named by its id is told by that`() {
    let none = PartyEvidence()
    #expect(compare(Samples.bill(.accountID("bacc_1")), evidence: none) == .same)
    #expect(compare(Samples.bill(.accountID("bacc_2")), evidence: none) == .differs(["account"]))
    #expect(compare(Samples.bill(.customerID("bcus_1")), evidence: none) == .differs(["customer"]))
    #expect(compare(Samples.bill(.customerID("bcus_1")), evidence: none) { $0.accountID = nil } == .same)
    #expect(
      compare(Samples.bill(.customerID("bcus_2")), evidence: none) { $0.accountID = nil } == .differs(["customer"]))
  }

  @Test func `an unknown party doesn't hide what differs`() {
    #expect(compare(evidence: PartyEvidence()) { $0.amountDue = 1 } == .differs(["amount_due"]))
  }
}
