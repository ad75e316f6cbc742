import BillModel
import MomentAPI
import Testing

@testable import BillSubmission

/// A 2xx whose bill hangs elsewhere than it was asked to, or is voided.
@Suite struct MisplacementTests {
  @Test func `rule 5: a bill on an account that the API took from another customer is a conflict, and teaches nothing`()
  {
    var machine = Bench.posting(form: .accountUnder(customerID: "bcus_9"))
    let step = machine.handle(Bench.answer(.accepted(.bill(Bench.remote()))), Bench.context)
    #expect(step.settlement?.outcome == .conflict)
    #expect(step.settlement?.field == "account.customer.external_reference")
    #expect(step.settlement?.billID == "bill_1")
    #expect(step.learned.isEmpty)
  }

  @Test func `rule 5: a nested account whose customer is known as another is a conflict`() {
    var remote = Bench.remote()
    remote.customerReference = "D"
    var machine = Bench.posting()
    #expect(machine.handle(Bench.answer(.accepted(.bill(remote))), Bench.context).settlement?.outcome == .conflict)
    remote.customerReference = "C"
    machine = Bench.posting()
    #expect(machine.handle(Bench.answer(.accepted(.bill(remote))), Bench.context).settlement?.outcome == .created)
  }

  @Test func `rule 5: a bill on another account or customer than the id in its body is a conflict`() {
    var account = Bench.posting(form: .account(id: "bacc_2"))
    #expect(
      account.handle(Bench.answer(.accepted(.bill(Bench.remote()))), Bench.context).settlement?.outcome == .conflict)
    var customer = Bench.posting(Bench.onCustomer, form: .customer(id: "bcus_2"))
    let remote = Bench.remote(accountID: nil)
    #expect(customer.handle(Bench.answer(.accepted(.bill(remote))), Bench.context).settlement?.outcome == .conflict)
    var onAccount = Bench.posting(Bench.onCustomer, form: .customer(id: "bcus_1"))
    #expect(
      onAccount.handle(Bench.answer(.accepted(.bill(Bench.remote()))), Bench.context).settlement?.outcome == .conflict)
  }

  @Test func `what an answer doesn't tell is not held against it`() {
    let bare = Bench.remote(customerID: nil, accountID: nil)
    for form in [BodyForm.nested, .accountUnder(customerID: "bcus_9"), .account(id: "bacc_9")] {
      var machine = Bench.posting(form: form)
      #expect(machine.handle(Bench.answer(.accepted(.bill(bare))), Bench.context).settlement?.outcome == .created)
    }
  }

  @Test func `rule 5: a bill that is voided in the answer to its creation is a conflict`() {
    var machine = Bench.posting()
    let step = machine.handle(Bench.answer(.accepted(.bill(Bench.remote(status: .voided)))), Bench.context)
    #expect(step.settlement?.outcome == .conflict)
    #expect(step.settlement?.field == "status")
  }
}
