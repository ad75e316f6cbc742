import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows that add to a balance: the party is read before each PATCH, so that nothing is added twice.
@Suite struct CreditMachineTests {
  private static let credit = Credit(
    reference: "B1", amount: -30, currency: Bench.zar, party: PartyValues(key: PartyKey(.customer, "C"), name: "Thandi")
  )
  private static let onAccount = Credit(
    reference: "B1", amount: -30, currency: Bench.zar,
    party: PartyValues(key: PartyKey(.account, "A"), owner: Customer(reference: "C")))

  private static func machine(
    _ credit: Credit = credit, form: BodyForm = .change, origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0)
  ) -> CreditMachine {
    CreditMachine(record: 7, credit: credit, form: form, origin: origin)
  }

  private static func looking(_ credit: Credit = credit) -> CreditMachine {
    var machine = machine(credit)
    _ = machine.handle(.begin, Bench.context)
    return machine
  }

  /// The customer with a balance, after a row of this reference was added to it.
  private static func shows(_ balance: Int64?, _ mark: String? = nil, currency: String = "ZAR") -> SubmissionEvent {
    Bench.answer(.found(.customer(customer(balance, mark, currency: currency))))
  }

  private static func customer(_ balance: Int64?, _ mark: String?, currency: String = "ZAR") -> RemoteCustomer {
    var customer = RemoteCustomer(
      id: "bcus_1", reference: "C", currency: CurrencyCode(currency), balance: balance, metadata: ["theirs": "x"])
    customer.metadata[Credit.metadataKey] = mark
    return customer
  }

  private static func resumed(isAnswered: Bool = false, total: Int64? = nil, form: BodyForm = .change) -> CreditMachine
  {
    var intent = Bench.intent(form: form)
    (intent.claim, intent.isAnswered) = (.change(of: .customer, setsBalance: true), isAnswered)
    intent.terms = RowTerms(.credit(credit))
    intent.terms?.total = total
    return machine(form: form, origin: .resumed(intent, bodyIsSame: true))
  }

  @Test func `what the balance is and the row's amount are set as a whole, with the row's reference`() {
    var machine = Self.machine()
    #expect(machine.handle(.begin, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    #expect(machine.handle(Self.shows(100), Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 1))
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.balance == 70 && sent.currency == Bench.zar && sent.name == nil)
    #expect(sent.metadata[Credit.metadataKey] == "B1" && sent.metadata["theirs"] == "x")
    #expect(machine.terms?.text == "credit ZAR -30 total 70")
    #expect(machine.stake.reference == "C" && machine.stake.successor == "B1")
    let settlement = machine.handle(Self.shows(70, "B1"), Bench.context).settlement
    #expect(settlement?.outcome == .updated && settlement?.code == .amountToBalance)
    #expect(settlement?.reference == "C" && settlement?.successor == nil)
    #expect(settlement?.message == "added to the balance of the customer C, which is 0.70 ZAR then")
  }

  @Test func `a balance that was never set is none, and one in another currency is left alone`() {
    var machine = Self.looking()
    #expect(machine.handle(Self.shows(nil), Bench.context).sending != nil)
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.balance == -30)
    var dollars = Self.looking()
    let settlement = dollars.handle(Self.shows(5, currency: "USD"), Bench.context).settlement
    #expect(settlement?.outcome == .conflict && settlement?.successor == "B1")
  }

  @Test func `rule 16: one that is too late for its look looks again at once, and that is no try`() {
    var machine = Self.looking()
    for balance in 0..<50 as Range<Int64> {
      #expect(machine.handle(Self.shows(balance), Bench.context).sending != nil && machine.restsOnLook)
      #expect(machine.handle(Bench.tooLate, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    }
    _ = machine.handle(Self.shows(50), Bench.context)
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.balance == 20)
    #expect(machine.handle(Self.shows(20, "B1"), Bench.context).settlement?.attempts == 1)
  }

  @Test func `what is in already is not added again`() {
    var machine = Self.looking()
    #expect(machine.handle(Self.shows(70, "B1"), Bench.context).settlement?.outcome == .unchanged)
  }

  @Test func `rule 16: after a lost PATCH the party is read before anything is sent, and read again at the end`() {
    var landed = Self.looking()
    _ = landed.run([Self.shows(100), Bench.lost])
    #expect(landed.withdrawal == nil)
    #expect(landed.handle(.due, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    #expect(landed.handle(Self.shows(70, "B1"), Bench.context).effect == .readAgain)
    var lost = Self.looking()
    _ = lost.run([Self.shows(100), Bench.lost, .due])
    // A payment has moved the balance meanwhile.
    #expect(lost.handle(Self.shows(60), Bench.context).sending == Sending(form: .change, epoch: 2, attempt: 1))
    guard case .set(let sent) = lost.sent else { return }
    #expect(sent.balance == 30)
    #expect(lost.handle(Self.shows(30, "B1"), Bench.context).effect == .readAgain)
  }

  @Test func `rule 8: a credit that a 429 puts off goes again by its look, and looks again once that is too old`() {
    var machine = Self.looking()
    _ = machine.run([Self.shows(100), Bench.answer(.throttled(nil))])
    #expect(machine.withdrawal?.nextEpoch == 2)
    let sent = machine.sent
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    #expect(machine.sent == sent && machine.restsOnLook)
    #expect(machine.handle(Bench.tooLate, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    #expect(machine.withdrawal?.nextEpoch == 2)
    #expect(machine.handle(Self.shows(100), Bench.context).sending == Sending(form: .change, epoch: 2, attempt: 1))
  }

  @Test func `a dead process's addition is looked for before it is sent`() {
    var machine = Self.resumed(total: 70)
    #expect(machine.handle(.begin, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    #expect(machine.handle(Self.shows(70, "B1"), Bench.context).effect == .readAgain)
    var missing = Self.resumed(total: 70)
    _ = missing.handle(.begin, Bench.context)
    #expect(missing.handle(Self.shows(100), Bench.context).sending == Sending(form: .change, epoch: 2, attempt: 1))
  }

  @Test func `at the end of the file it is in, whatever moved the balance since, and that is told`() {
    var same = Self.resumed(isAnswered: true, total: 70)
    _ = same.handle(.begin, Bench.context)
    #expect(same.handle(Self.shows(70, "B1"), Bench.context).settlement?.outcome == .updated)
    var moved = Self.resumed(isAnswered: true, total: 70)
    _ = moved.handle(.begin, Bench.context)
    let settlement = moved.handle(Self.shows(50, "B1"), Bench.context).settlement
    #expect(settlement?.outcome == .updated)
    #expect(settlement?.message?.contains("was set to 0.70 ZAR, and is 0.50 ZAR") == true)
    var gone = Self.resumed(isAnswered: true, total: 70)
    _ = gone.handle(.begin, Bench.context)
    #expect(gone.handle(Self.shows(100, "B0"), Bench.later(hours: 2)).settlement?.outcome == .conflict)
  }

  @Test func `rule 4: a credit that was refused behind a lost one stays unknown while that may still land`() {
    var machine = Self.resumed(isAnswered: true, total: 70)
    _ = machine.handle(.begin, Bench.context)
    let end = machine.handle(Self.shows(100), Bench.context).effect
    #expect(end == .giveUp(SumTrouble.mayComeYet, isAnswered: true))
  }

  @Test func `a party that isn't there is made with the amount, once`() {
    var machine = Self.looking()
    guard case .make = machine.handle(Bench.answer(.notFound), Bench.context).effect else {
      Issue.record("it is to be planned again")
      return
    }
    var making = Self.machine(form: .nested)
    #expect(making.handle(.begin, Bench.context).sending == Sending(form: .nested, epoch: 1, attempt: 1))
    guard case .set(let sent) = making.sent else { return }
    #expect(sent.balance == -30 && sent.name == "Thandi" && sent.metadata[Credit.metadataKey] == "B1")
    var made = Self.customer(-30, "B1")
    made.name = "Thandi"
    let step = making.handle(Bench.answer(.accepted(.customer(made))), Bench.context)
    #expect(step.settlement?.outcome == .created && step.settlement?.code == .amountToBalance)
    #expect(step.learned.map(\.id) == ["bcus_1"])
  }

  @Test func `one that turns out to be there is read, and not written over`() {
    var machine = Self.machine(form: .nested)
    _ = machine.run([.begin, Bench.answer(.conflict(Bench.problem))])
    let step = machine.handle(Self.shows(100), Bench.context)
    #expect(step.effect == .getParty(PartyKey(.customer, "C")), "it was looked for, and is read for its balance")
    #expect(machine.handle(Self.shows(100), Bench.context).sending == Sending(form: .change, epoch: 2, attempt: 1))
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.balance == 70)
  }

  @Test func `rule 7: a no behind a lost POST refuses nothing before the party's metadata told`() {
    var machine = Self.machine(form: .nested)
    let no = Bench.answer(.refused(Bench.problem))
    #expect(machine.run([.begin, Bench.lost, .due, no]).effect == .getParty(PartyKey(.customer, "C")))
    #expect(machine.handle(Self.shows(-30, "B1"), Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    #expect(machine.handle(Self.shows(-30, "B1"), Bench.context).settlement?.outcome == .created)
    var absent = Self.machine(form: .nested)
    let settlement = absent.run([.begin, Bench.lost, .due, no, Bench.answer(.notFound)]).settlement
    #expect(settlement?.outcome == .refused && settlement?.successor == "B1")
  }

  @Test func `a POST whose answer was lost is told by the party's metadata`() {
    var machine = Self.resumed(form: .nested)
    // Its key is over: the party tells.
    let late = Bench.later(hours: 24)
    #expect(machine.handle(.begin, late).effect == .getParty(PartyKey(.customer, "C")))
    #expect(machine.handle(Self.shows(-30, "B1"), late).settlement?.outcome == .created)
  }

  @Test func `an account of another customer takes nothing, one without an owner isn't made`() {
    var machine = Self.looking(Self.onAccount)
    let other = RemoteAccount(id: "bacc_1", reference: "A", customerReference: "X", balance: 5)
    #expect(machine.handle(Bench.answer(.found(.account(other))), Bench.context).settlement?.outcome == .conflict)
    var ownerless = Self.onAccount
    ownerless.party.owner = nil
    var absent = Self.looking(ownerless)
    #expect(absent.handle(Bench.answer(.notFound), Bench.context).settlement?.outcome == .refused)
  }

  @Test func `what another row of the reference has added is left to the ledger`() {
    var machine = Self.machine(origin: .settledElsewhere)
    #expect(machine.handle(.begin, Bench.context).settlement?.outcome == .conflict)
    var claimed = Self.machine(origin: .claimedElsewhere)
    #expect(claimed.handle(.begin, Bench.context).effect == .leave)
  }
}
