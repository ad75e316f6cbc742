import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows that look their parties up before their first request.
@Suite struct LookingFirstTests {
  private static func machine(_ bill: Bill = Bench.onAccount, form: BodyForm = .nested, epoch: Int = 1)
    -> SubmissionMachine
  {
    SubmissionMachine(
      record: 7, bill: bill, form: form, origin: .fresh(epoch: epoch, priorAttempts: epoch - 1), looksFirst: true)
  }

  @Test func `an account that is there under the row's customer is used by its id, under the row's own key`() {
    var machine = Self.machine()
    let first = machine.handle(.begin, Bench.context)
    #expect(first.effect == .getParty(PartyKey(.account, "A")))
    let owner = machine.handle(Bench.answer(.found(.account(Bench.account))), Bench.context)
    #expect(owner.effect == .getParty(PartyKey(.customer, "C")))
    let step = machine.handle(Bench.answer(.found(.customer(Bench.customer))), Bench.context)
    #expect(step.sending == Sending(form: .account(id: "bacc_1"), epoch: 1, attempt: 1))
    #expect(Set(step.learned.map(\.id)) == ["bacc_1", "bcus_1"])
    #expect(machine.attempts == 1)
  }

  @Test func `an account of a customer who is known needs one look`() {
    var machine = Self.machine(form: .accountUnder(customerID: "bcus_1"))
    let step = machine.run([.begin, Bench.answer(.found(.account(Bench.account)))])
    #expect(step.sending == Sending(form: .account(id: "bacc_1"), epoch: 1, attempt: 1))
  }

  @Test func `what is not there is nested`() {
    var both = Self.machine()
    let nested = both.run([.begin, Bench.answer(.notFound), Bench.answer(.notFound)])
    #expect(nested == SubmissionStep(.send(Sending(form: .nested, epoch: 1, attempt: 1))))
    var account = Self.machine(form: .accountUnder(customerID: "bcus_1"))
    let under = account.run([.begin, Bench.answer(.notFound)])
    #expect(under.sending == Sending(form: .accountUnder(customerID: "bcus_1"), epoch: 1, attempt: 1))
    var customer = Self.machine(Bench.onCustomer)
    let alone = customer.run([.begin, Bench.answer(.notFound)])
    #expect(alone.sending == Sending(form: .nested, epoch: 1, attempt: 1))
  }

  @Test func `a new account goes under the customer that is there`() {
    var machine = Self.machine()
    let step = machine.run([.begin, Bench.answer(.notFound), Bench.answer(.found(.customer(Bench.customer)))])
    #expect(step.sending == Sending(form: .accountUnder(customerID: "bcus_1"), epoch: 1, attempt: 1))
    #expect(step.learned == [KnownParty(key: PartyKey(.customer, "C"), id: "bcus_1")])
  }

  @Test func `another customer's account is a conflict before anything is sent`() throws {
    var machine = Self.machine()
    var other = Bench.customer
    other.id = "bcus_2"
    let step = machine.run([
      .begin, Bench.answer(.found(.account(Bench.account))), Bench.answer(.found(.customer(other))),
    ])
    let settlement = try #require(step.settlement)
    #expect(settlement.outcome == .conflict)
    #expect(settlement.attempts == 0)
  }

  @Test func `a look that fails three times leaves the row to be nested, with all its tries`() {
    var machine = Self.machine()
    let step = machine.run([.begin, Bench.lost, .due, Bench.answer(.transient(nil)), .due, Bench.lost])
    #expect(step.sending == Sending(form: .nested, epoch: 1, attempt: 1))
    #expect(machine.failures == 0)
  }

  @Test func `a look that is throttled waits, and counts nothing`() {
    var machine = Self.machine()
    for _ in 1...20 {
      let step = machine.run([.begin, Bench.answer(.throttled(nil), retryAfter: 3000)])
      #expect(step.pause == 3000)
      _ = machine.handle(.due, Bench.context)
    }
    let step = machine.run([Bench.answer(.notFound), Bench.answer(.notFound)])
    #expect(step.sending?.epoch == 1)
  }

  @Test func `a look that is told the key is not accepted stops the run, and the row was never sent`() {
    var machine = Self.machine()
    let step = machine.run([.begin, Bench.answer(.unauthorised(Bench.problem))])
    #expect(step.effect == .stopRun(Bench.problem, withdrawing: nil))
    #expect(machine.attempts == 0)
  }

  @Test func `in a later epoch too the looks come before the row's request`() {
    var machine = Self.machine(Bench.onCustomer, epoch: 3)
    let step = machine.run([.begin, Bench.answer(.found(.customer(Bench.customer)))])
    #expect(step.sending == Sending(form: .customer(id: "bcus_1"), epoch: 3, attempt: 1))
    #expect(machine.attempts == 3)
  }

  @Test func `a party that somebody makes after the look is adopted`() {
    var machine = Self.machine(Bench.onCustomer)
    _ = machine.run([.begin, Bench.answer(.notFound)])
    let step = machine.run([
      Bench.answer(.conflict(Bench.problem)), Bench.answer(.notFound), Bench.answer(.found(.customer(Bench.customer))),
    ])
    #expect(step.sending == Sending(form: .customer(id: "bcus_1"), epoch: 2, attempt: 1))
  }

  @Test func `a row that gives ids has nothing to look up`() {
    var machine = Self.machine(Bench.bill(.customerID("bcus_9")))
    let step = machine.handle(.begin, Bench.context)
    #expect(step.sending?.epoch == 1)
  }
}
