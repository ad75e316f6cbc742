import BillModel
import MomentAPI
import Testing

@testable import BillSubmission

/// Rule 10: what a 409 leads to. Its words are never read.
@Suite struct ConflictTests {
  private static let conflict = Bench.answer(.conflict(Bench.problem))
  private static let stored = Bench.answer(.conflict(Bench.problem), replayed: true)
  private static let absent = Bench.answer(.notFound)
  private static let account = Bench.answer(.found(.account(Bench.account)))
  private static let customer = Bench.answer(.found(.customer(Bench.customer)))

  @Test func `rule 10: a 409 asks for the bill, then the account, then its customer`() {
    var machine = Bench.posting()
    #expect(machine.handle(Self.conflict, Bench.context).effect == .getBill)
    #expect(machine.handle(Self.absent, Bench.context).effect == .getParty(PartyKey(.account, "A")))
    #expect(machine.handle(Self.account, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    let step = machine.handle(Self.customer, Bench.context)
    #expect(step.sending == Sending(form: .account(id: "bacc_1"), epoch: 2, attempt: 1))
    #expect(step.learned.map(\.id) == ["bcus_1", "bacc_1"])
  }

  @Test func `rule 10: an account under another customer is a conflict, and is not used`() {
    var machine = Bench.posting()
    let other = Bench.answer(.found(.customer(RemoteCustomer(id: "bcus_2", reference: "C"))))
    let step = machine.run([Self.conflict, Self.absent, Self.account, other])
    #expect(step.settlement?.outcome == .conflict)
    #expect(step.settlement?.field == "account.customer.external_reference")
    #expect(step.learned.isEmpty)
  }

  @Test func `rule 10: an account whose customer isn't there hangs under another`() {
    var machine = Bench.posting()
    let step = machine.run([Self.conflict, Self.absent, Self.account, Self.absent])
    #expect(step.settlement?.outcome == .conflict)
  }

  @Test func `rule 10: an account whose customer isn't told is not used`() {
    var machine = Bench.posting()
    let bare = Bench.answer(.found(.account(RemoteAccount(id: "bacc_1", reference: "A"))))
    #expect(machine.run([Self.conflict, Self.absent, bare]).settlement?.outcome == .conflict)
  }

  @Test func `rule 10: a customer that is there carries the account by its id`() {
    var machine = Bench.posting()
    let step = machine.run([Self.conflict, Self.absent, Self.absent, Self.customer])
    #expect(step.sending == Sending(form: .accountUnder(customerID: "bcus_1"), epoch: 2, attempt: 1))
    #expect(step.learned.map(\.id) == ["bcus_1"])
  }

  @Test func `rule 10: a customer that is there takes a customer's bill by its id`() {
    var machine = Bench.posting(Bench.onCustomer)
    #expect(machine.run([Self.conflict, Self.absent]).effect == .getParty(PartyKey(.customer, "C")))
    let step = machine.handle(Self.customer, Bench.context)
    #expect(step.sending == Sending(form: .customer(id: "bcus_1"), epoch: 2, attempt: 1))
  }

  @Test func `rule 10: an account under a customer known by id is checked against that id`() {
    var same = Bench.posting(form: .accountUnder(customerID: "bcus_1"))
    var other = Bench.posting(form: .accountUnder(customerID: "bcus_2"))
    let events = [Self.conflict, Self.absent, Self.account]
    #expect(same.run(events).sending == Sending(form: .account(id: "bacc_1"), epoch: 2, attempt: 1))
    #expect(other.run(events).settlement?.outcome == .conflict)
  }

  @Test
  func `rule 10: with nothing there the key is under way: the same key again, a bounded number of times, then unknown`()
  {
    var machine = Bench.posting()
    var repeats = 0
    var step = machine.run([Self.conflict, Self.absent, Self.absent, Self.absent])
    while step.pause != nil {
      #expect(machine.handle(.due, Bench.context).sending?.epoch == 1)
      repeats += 1
      step = machine.run([Self.conflict, Self.absent, Self.absent, Self.absent])
    }
    #expect(repeats == RetryPolicy().conflictTries)
    #expect(step.isGivingUp)
  }

  @Test func `rule 10: a stored 409 with nothing there is unknown at once`() {
    var machine = Bench.posting()
    #expect(machine.run([Self.stored, Self.absent, Self.absent, Self.absent]).isGivingUp)
  }

  @Test func `rule 10: a row that names its party by id has no party to look for`() {
    for form in [BodyForm.account(id: "bacc_1"), .customer(id: "bcus_1")] {
      var machine = Bench.posting(form == .account(id: "bacc_1") ? Bench.onAccount : Bench.onCustomer, form: form)
      #expect(machine.run([Self.conflict, Self.absent]).pause != nil)
    }
  }

  @Test func `rule 12: a 409 whose bill was there before us is unchanged`() {
    var machine = Bench.posting(form: .account(id: "bacc_1"))
    let step = machine.run([Self.conflict, Bench.answer(.found(.bill(Bench.remote())))])
    #expect(step.settlement?.outcome == .unchanged)
    #expect(step.settlement?.confirmedBy == .lookup)
  }

  private static let found = Bench.answer(.found(.bill(Bench.remote())))

  @Test func `rule 12: a 409 whose bill a lost request of ours explains asks the key whose bill it is`() {
    var machine = Bench.posting(form: .account(id: "bacc_1"))
    let events = [Bench.lost, .due, Self.conflict, Self.found]
    #expect(machine.run(events).pause != nil)
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .account(id: "bacc_1"), epoch: 1, attempt: 3))
    var other = machine
    let ours = machine.handle(Bench.answer(.accepted(.bill(Bench.remote())), replayed: true), Bench.context)
    #expect(ours.settlement?.outcome == .created)
    #expect(other.run([Self.stored, Self.found]).settlement?.outcome == .unchanged)
  }

  @Test func `rule 12: a key that keeps silent about the bill it may have made leaves it ours, and the report says so`()
  {
    var machine = Bench.posting(form: .account(id: "bacc_1"))
    var step = machine.run([Bench.lost, .due, Self.conflict, Self.found])
    while step.pause != nil { step = machine.run([.due, Self.conflict, Self.found]) }
    #expect(step.settlement?.outcome == .created)
    #expect(step.settlement?.message?.contains("taken for ours") == true)
  }

  @Test func `rule 12: after a restart a bill of somebody else's is told from ours by its key`() {
    var machine = Bench.machine(
      form: .account(id: "bacc_1"),
      origin: .resumed(Bench.intent(form: .account(id: "bacc_1")), bodyIsSame: true))
    #expect(machine.run([.begin, Self.conflict, Self.found]).pause != nil)
    #expect(machine.run([.due, Self.stored, Self.found]).settlement?.outcome == .unchanged)
  }

  @Test func `rule 12: a stored 409 is the key's own first answer, so the bill is not ours`() {
    var machine = Bench.posting(form: .account(id: "bacc_1"))
    let step = machine.run([Bench.lost, .due, Self.stored, Bench.answer(.found(.bill(Bench.remote())))])
    #expect(step.settlement?.outcome == .unchanged)
  }

  @Test func `rule 12: a lost request of an earlier epoch explains a bill too`() {
    var machine = Bench.posting()
    let asked = [Bench.lost, .due, Self.conflict, Self.absent, .due, Self.conflict, Self.absent]
    #expect(machine.run(asked + [Self.account, Self.customer]).sending?.epoch == 2)
    let step = machine.run([Self.stored, Bench.answer(.found(.bill(Bench.remote())))])
    #expect(step.settlement?.outcome == .created)
  }

  @Test func `rule 12: a key that was told of a party is asked once more, so that no doubt goes along`() {
    var machine = Bench.posting()
    #expect(machine.run([Bench.lost, .due, Self.conflict, Self.absent]).pause != nil)
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .nested, epoch: 1, attempt: 3))
    #expect(machine.run([Self.stored, Self.absent, Self.account, Self.customer]).sending?.epoch == 2)
    #expect(machine.doubt == nil)
    #expect(machine.run([Self.conflict, Self.found]).settlement?.outcome == .unchanged)
  }
}
