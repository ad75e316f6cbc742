import BillModel
import MomentAPI
import Testing

@testable import BillSubmission

/// Rule 12: a bill that is there against the row; and rule 14, where another file has the reference.
@Suite struct ComparingTests {
  private static let conflict = Bench.answer(.conflict(Bench.problem))

  private func found(_ remote: RemoteBill, form: BodyForm = .account(id: "bacc_1")) -> RowSettlement? {
    var machine = Bench.posting(form: form)
    return machine.run([Self.conflict, Bench.answer(.found(.bill(remote)))]).settlement
  }

  @Test func `rule 12: the same bill is unchanged, whatever further metadata it has`() {
    #expect(found(Bench.remote())?.outcome == .unchanged)
    #expect(found(Bench.remote())?.billID == "bill_1")
  }

  @Test func `rule 12: a bill that differs is a conflict that names the fields`() {
    let settlement = found(Bench.remote(amountDue: 101, metadata: [:]))
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.code == .apiConflict)
    #expect(settlement?.field == "amount_due")
    #expect(settlement?.message == "the bill exists, and differs in amount_due, metadata.period")
  }

  @Test func `rule 12: a voided bill is a conflict`() {
    #expect(found(Bench.remote(status: .voided))?.outcome == .conflict)
  }

  @Test func `rule 12: a paid bill that is else the same is unchanged, and noted`() {
    let settlement = found(Bench.remote(status: .paid))
    #expect(settlement?.outcome == .unchanged)
    #expect(settlement?.message == "the bill is paid, in part or whole")
  }

  @Test func `rule 12: a bill on another account is a conflict`() {
    #expect(found(Bench.remote(accountID: "bacc_2"))?.field == "account.external_reference")
  }

  @Test func `rule 12: a party that isn't known by id is asked for: the account, then its customer`() {
    var machine = Bench.posting()
    let remote = Bench.answer(.found(.bill(Bench.remote())))
    #expect(machine.run([Self.conflict, remote]).effect == .getParty(PartyKey(.account, "A")))
    let account = Bench.answer(.found(.account(Bench.account)))
    #expect(machine.handle(account, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    let step = machine.handle(Bench.answer(.found(.customer(Bench.customer))), Bench.context)
    #expect(step.settlement?.outcome == .unchanged)
    #expect(step.learned.map(\.id) == ["bcus_1", "bacc_1"])
  }

  @Test func `rule 12: a bill on the right account under another customer is a conflict, and teaches nothing`() {
    var machine = Bench.posting()
    let step = machine.run([
      Self.conflict, Bench.answer(.found(.bill(Bench.remote()))), Bench.answer(.found(.account(Bench.account))),
      Bench.answer(.found(.customer(RemoteCustomer(id: "bcus_2", reference: "C")))),
    ])
    #expect(step.settlement?.outcome == .conflict)
    #expect(step.settlement?.field == "account.customer.external_reference")
    #expect(step.learned.isEmpty)
  }

  @Test func `where the bill doesn't tell its customer, its account does`() {
    var machine = Bench.posting()
    let step = machine.run([
      Self.conflict, Bench.answer(.found(.bill(Bench.remote(customerID: nil)))),
      Bench.answer(.found(.account(Bench.account))),
      Bench.answer(.found(.customer(RemoteCustomer(id: "bcus_2", reference: "C")))),
    ])
    #expect(step.settlement?.outcome == .conflict)
    #expect(step.settlement?.field == "account.customer.external_reference")
  }

  @Test func `a bill on a party that doesn't exist any more is a conflict`() {
    var machine = Bench.posting()
    let step = machine.run([Self.conflict, Bench.answer(.found(.bill(Bench.remote()))), Bench.answer(.notFound)])
    #expect(step.settlement?.outcome == .conflict)
  }

  @Test func `rule 14: a reference that another file made a bill of is compared, and nothing is sent`() {
    var machine = Bench.machine(form: .account(id: "bacc_1"), origin: .settledElsewhere)
    #expect(machine.handle(.begin, Bench.context).effect == .getBill)
    let settlement = machine.handle(Bench.answer(.found(.bill(Bench.remote()))), Bench.context).settlement
    #expect(settlement?.outcome == .unchanged)
    #expect(settlement?.attempts == 0)
  }

  @Test func `rule 14: a reference that another file holds is left unsent while the API doesn't have the bill`() {
    var machine = Bench.machine(form: .account(id: "bacc_1"), origin: .claimedElsewhere)
    #expect(machine.run([.begin, Bench.answer(.notFound)]).effect == .leave)
  }

  @Test func `rule 14: a reference that another file holds is compared once the API has the bill`() {
    var machine = Bench.machine(form: .account(id: "bacc_1"), origin: .claimedElsewhere)
    let step = machine.run([.begin, Bench.answer(.found(.bill(Bench.remote(amountDue: 5))))])
    #expect(step.settlement?.outcome == .conflict)
  }

  @Test func `rule 14: a row that never was sent is never unknown`() {
    var machine = Bench.machine(form: .account(id: "bacc_1"), origin: .claimedElsewhere)
    var step = machine.handle(.begin, Bench.context)
    while machine.phase != .ended {
      if case .pausing = machine.phase {
        step = machine.handle(.due, Bench.context)
      } else {
        step = machine.handle(Bench.lost, Bench.context)
      }
    }
    #expect(step.effect == .leave)
  }
}
