import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows about customers and accounts: changed where they are there, made where they aren't, and never left in doubt.
@Suite struct PartyMachineTests {
  private static let key = PartyKey(.customer, "C")
  private static let values = PartyValues(key: key, currency: Bench.zar, balance: -500)
  private static let owned = PartyValues(
    key: PartyKey(.account, "A"), currency: Bench.zar, balance: 7, owner: Customer(reference: "C"))

  private static func machine(
    _ values: PartyValues = values, form: BodyForm = .change,
    origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0), looksFirst: Bool = false
  ) -> PartyMachine {
    PartyMachine(record: 7, values: values, form: form, origin: origin, looksFirst: looksFirst)
  }

  private static let no = Bench.answer(.refused(Bench.problem))

  private static func begun(_ values: PartyValues = values, form: BodyForm = .change) -> PartyMachine {
    var machine = machine(values, form: form)
    _ = machine.handle(.begin, Bench.context)
    return machine
  }

  private static func shows(
    _ balance: Int64, name: String? = nil, metadata: [String: String] = [:]
  ) -> RemoteObject {
    .customer(
      RemoteCustomer(
        id: "bcus_1", reference: "C", name: name, currency: Bench.zar, balance: balance, metadata: metadata))
  }

  private static func intent(_ form: BodyForm, epoch: Int = 1, isAnswered: Bool = false) -> RowIntent {
    var intent = Bench.intent(epoch: epoch, form: form)
    (intent.claim, intent.isAnswered) = (.change(of: .customer, setsBalance: true), isAnswered)
    return intent
  }

  // MARK: A party that is there

  @Test func `rule 17: a balance goes out at once, without a look`() {
    var machine = Self.machine()
    let step = machine.handle(.begin, Bench.context)
    #expect(step.sending == Sending(form: .change, epoch: 1, attempt: 1))
    let settlement = machine.handle(Bench.answer(.found(Self.shows(-500))), Bench.context).settlement
    #expect(settlement?.outcome == .updated)
    #expect(settlement?.billID == "bcus_1")
    #expect(settlement?.confirmedBy == .answer)
    #expect(settlement?.attempts == 1)
  }

  @Test func `an answer that shows another balance than was sent is a conflict`() {
    var machine = Self.begun()
    let settlement = machine.handle(Bench.answer(.found(Self.shows(-499))), Bench.context).settlement
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.field == "customer.balance")
  }

  @Test func `a definite no is the row's end`() {
    var machine = Self.begun()
    let settlement = machine.handle(Bench.answer(.refused(Bench.problem)), Bench.context).settlement
    #expect(settlement?.outcome == .refused)
    #expect(settlement?.code == .apiRefused)
  }

  @Test func `metadata is read first, and the API's own pairs are named too`() {
    var values = Self.values
    values.metadata = Metadata([("area", "N")])
    var machine = Self.machine(values)
    #expect(machine.handle(.begin, Bench.context).effect == .getParty(Self.key))
    let seen = Self.shows(0, metadata: ["theirs": "x", "area": "S"])
    #expect(machine.handle(Bench.answer(.found(seen)), Bench.context).sending?.attempt == 1)
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.metadata.pairs.map(\.key) == ["area", "theirs"])
    #expect(sent.metadata["area"] == "N")
  }

  @Test(arguments: [Bench.lost, Bench.answer(.transient(nil)), Bench.tooLate])
  func `rule 16: a change that keeps what a look has shown is never repeated without another look`(
    _ event: SubmissionEvent
  ) {
    var values = Self.values
    values.metadata = Metadata([("area", "N")])
    var machine = Self.machine(values)
    _ = machine.run([.begin, Bench.answer(.found(Self.shows(0, metadata: ["theirs": "x"])))])
    #expect(machine.restsOnLook)
    var step = machine.handle(event, Bench.context)
    #expect((event == Bench.tooLate) == (step.pause == nil))
    if step.pause != nil { step = machine.handle(.due, Bench.context) }
    #expect(step.effect == .getParty(Self.key))
    let again = machine.handle(Bench.answer(.found(Self.shows(0, metadata: ["theirs": "y"]))), Bench.context)
    #expect(again.sending?.attempt == 2)
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.metadata["theirs"] == "y")
  }

  @Test func `rule 8: a change that a 429 puts off goes again by its look, and looks again once that is too old`() {
    var values = Self.values
    values.metadata = Metadata([("area", "N")])
    var machine = Self.machine(values)
    _ = machine.run([.begin, Bench.answer(.found(Self.shows(0, metadata: ["theirs": "x"])))])
    #expect(machine.run([Bench.answer(.throttled(nil)), .due]).sending == Sending(form: .change, epoch: 1, attempt: 2))
    #expect(machine.handle(Bench.tooLate, Bench.context).effect == .getParty(Self.key))
    #expect(machine.withdrawal == RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1))
  }

  @Test func `rule 17: a balance that a look shows to be so already is sent all the same`() {
    var values = Self.values
    values.metadata = Metadata([("area", "N")])
    var machine = Self.machine(values)
    _ = machine.handle(.begin, Bench.context)
    let seen = Self.shows(-500, metadata: ["area": "N"])
    #expect(machine.handle(Bench.answer(.found(seen)), Bench.context).sending?.attempt == 1)
  }

  // MARK: Rule 16

  @Test(arguments: [
    Bench.lost, Bench.answer(.transient(nil)), Bench.answer(.unreadable(.empty)),
  ])
  func `rule 16: a lost change is repeated to a definite answer, and read again at the end of the file`(
    _ event: SubmissionEvent
  ) {
    var machine = Self.begun()
    #expect(machine.handle(event, Bench.context).pause != nil)
    #expect(machine.withdrawal == nil)
    let again = machine.handle(.due, Bench.context).sending
    #expect(again == Sending(form: .change, epoch: 1, attempt: 2))
    #expect(machine.handle(Bench.answer(.found(Self.shows(-500))), Bench.context).effect == .readAgain)
  }

  @Test func `a request of which no byte left leaves no doubt`() {
    var machine = Self.begun()
    _ = machine.handle(.failure(.notSent(NotSentReason(.connectTimedOut))), Bench.context)
    #expect(machine.withdrawal == RowWithdrawal(record: 7, nextEpoch: 1, attempts: 0))
    _ = machine.handle(.due, Bench.context)
    #expect(
      machine.handle(Bench.answer(.found(Self.shows(-500))), Bench.context).settlement?.outcome == .updated)
  }

  @Test func `rule 16: a change that a dead process may have sent is repeated, and read again too`() {
    var machine = Self.machine(origin: .resumed(Self.intent(.change), bodyIsSame: true))
    #expect(machine.handle(.begin, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    #expect(machine.handle(Bench.answer(.found(Self.shows(-500))), Bench.context).effect == .readAgain)
  }

  @Test func `a definite no after a lost change is no end either`() {
    var machine = Self.begun()
    _ = machine.run([Bench.lost, .due])
    #expect(machine.handle(Bench.answer(.refused(Bench.problem)), Bench.context).effect == .readAgain)
  }

  @Test func `rule 16: what is read at the end of the file stands`() {
    let origin = SubmissionOrigin.resumed(Self.intent(.change, isAnswered: true), bodyIsSame: true)
    var same = Self.machine(origin: origin)
    #expect(same.handle(.begin, Bench.context).effect == .getParty(Self.key))
    let updated = same.handle(Bench.answer(.found(Self.shows(-500))), Bench.context).settlement
    #expect(updated?.outcome == .updated)
    #expect(updated?.confirmedBy == .lookup)
    var other = Self.machine(origin: origin)
    _ = other.handle(.begin, Bench.context)
    let conflict = other.handle(Bench.answer(.found(Self.shows(90))), Bench.context).settlement
    #expect(conflict?.outcome == .conflict)
    #expect(conflict?.field == "customer.balance")
    var gone = Self.machine(origin: origin)
    _ = gone.handle(.begin, Bench.context)
    #expect(gone.handle(Bench.answer(.notFound), Bench.context).settlement?.outcome == .conflict)
  }

  @Test func `what can't be read at the end of the file stays unknown, and is read by the next run`() {
    var machine = Self.machine(origin: .resumed(Self.intent(.change, isAnswered: true), bodyIsSame: true))
    var step = machine.handle(.begin, Bench.context)
    for _ in 0..<20 where !step.isGivingUp {
      if step.pause != nil { _ = machine.handle(.due, Bench.context) }
      step = machine.handle(Bench.lost, Bench.context)
    }
    guard case .giveUp(_, isAnswered: true) = step.effect else {
      Issue.record("\(step)")
      return
    }
  }

  // MARK: A party that isn't there

  @Test func `a customer who isn't there is made`() {
    var machine = Self.begun()
    #expect(
      machine.handle(Bench.answer(.notFound), Bench.context).effect
        == .make(RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1), holdsIntent: true))
    var making = Self.machine(form: .nested, origin: .fresh(epoch: 2, priorAttempts: 1))
    #expect(making.handle(.begin, Bench.context).sending == Sending(form: .nested, epoch: 2, attempt: 1))
    let step = making.handle(Bench.answer(.accepted(Self.shows(-500))), Bench.context)
    #expect(step.settlement?.outcome == .created)
    #expect(step.settlement?.attempts == 2)
    #expect(step.learned == [KnownParty(key: Self.key, id: "bcus_1")])
  }

  @Test func `an account that isn't there and whose row names nobody is refused`() {
    var values = Self.owned
    values.owner = nil
    var machine = Self.begun(values)
    let settlement = machine.handle(Bench.answer(.notFound), Bench.context).settlement
    #expect(settlement?.outcome == .refused)
    #expect(settlement?.field == "account.customer.external_reference")
  }

  @Test func `a new account looks for its customer first, and goes under its id or nests it`() {
    var known = Self.machine(Self.owned, form: .nested, looksFirst: true)
    #expect(known.handle(.begin, Bench.context).effect == .getParty(Self.key))
    let step = known.handle(Bench.answer(.found(Self.shows(0))), Bench.context)
    #expect(step.sending == Sending(form: .accountUnder(customerID: "bcus_1"), epoch: 1, attempt: 1))
    #expect(step.learned == [KnownParty(key: Self.key, id: "bcus_1")])
    var new = Self.machine(Self.owned, form: .nested, looksFirst: true)
    _ = new.handle(.begin, Bench.context)
    #expect(new.handle(Bench.answer(.notFound), Bench.context).sending?.form == .nested)
  }

  @Test func `a party that somebody else made meanwhile is changed`() {
    var machine = Self.begun(form: .nested)
    #expect(machine.handle(Bench.answer(.conflict(Bench.problem)), Bench.context).effect == .getParty(Self.key))
    let step = machine.handle(Bench.answer(.found(Self.shows(9))), Bench.context)
    #expect(step.sending == Sending(form: .change, epoch: 2, attempt: 1))
    #expect(
      machine.handle(Bench.answer(.found(Self.shows(-500))), Bench.context).settlement?.outcome == .updated)
  }

  @Test(arguments: [Metadata(), Metadata([("area", "N")])])
  func `a 404 to a change of a party that couldn't be made, since it is there, refuses the row`(metadata: Metadata) {
    var values = Self.values
    values.metadata = metadata
    var machine = Self.begun(values, form: .nested)
    let there = Bench.answer(.found(Self.shows(9)))
    var step = machine.run([Bench.answer(.conflict(Bench.problem)), there])
    if step.effect == .getParty(Self.key) { step = machine.handle(there, Bench.context) }
    #expect(step.sending == Sending(form: .change, epoch: 2, attempt: 1))
    let settlement = machine.handle(Bench.answer(.notFound), Bench.context).settlement
    #expect(settlement?.outcome == .refused && settlement?.code == .apiRefused)
    #expect(settlement?.message?.contains("404") == true)
  }

  @Test func `a party that is there, and then isn't, is asked for again a bounded number of times`() {
    var values = Self.values
    values.metadata = Metadata([("area", "N")])
    var machine = Self.begun(values, form: .nested)
    var step = machine.run([Bench.answer(.conflict(Bench.problem)), Bench.answer(.found(Self.shows(9)))])
    for _ in 0..<50 where step.effect == .getParty(Self.key) {
      step = machine.handle(Bench.answer(.notFound), Bench.context)
      if step.pause != nil { step = machine.handle(.due, Bench.context) }
    }
    guard case .withdraw = step.effect else {
      Issue.record("\(step)")
      return
    }
  }

  @Test func `a customer that is there after all takes the account under its id`() {
    var machine = Self.begun(Self.owned, form: .nested)
    _ = machine.run([Bench.answer(.conflict(Bench.problem)), Bench.answer(.notFound)])
    let step = machine.handle(Bench.answer(.found(Self.shows(0))), Bench.context)
    #expect(step.sending == Sending(form: .accountUnder(customerID: "bcus_1"), epoch: 2, attempt: 1))
  }

  @Test func `a creation that was lost is repeated under its key, and after the window the party is changed`() {
    var machine = Self.begun(form: .nested)
    _ = machine.handle(Bench.lost, Bench.context)
    #expect(
      machine.handle(.due, Bench.context).sending == Sending(form: .nested, epoch: 1, attempt: 2))
    var late = Self.machine(form: .nested, origin: .resumed(Self.intent(.nested), bodyIsSame: true))
    #expect(
      late.handle(.begin, Bench.later(hours: 23)).sending == Sending(form: .change, epoch: 2, attempt: 1))
  }

  @Test func `rule 7: a no to a creation behind a lost request refuses nothing before the party was looked for`() {
    var machine = Self.begun(form: .nested)
    #expect(machine.run([Bench.lost, .due, Self.no]).effect == .getParty(Self.key))
    #expect(
      machine.handle(Bench.answer(.found(Self.shows(-500))), Bench.context).sending
        == Sending(form: .change, epoch: 2, attempt: 1))
    var absent = Self.begun(form: .nested)
    #expect(absent.run([Bench.lost, .due, Self.no, Bench.answer(.notFound)]).settlement?.outcome == .refused)
    var stored = Self.begun(form: .nested)
    _ = stored.run([Bench.lost, .due, Bench.answer(.refused(Bench.problem), replayed: true)])
    #expect(stored.withdrawal == nil)
    #expect(stored.run([.due, Self.no]).effect == .getParty(Self.key))
  }

  @Test func `rule 16: while a lost change may land on what another row makes, a no to the creation is no end`() {
    let machine = PartyMachine(
      record: 7, values: Self.values, form: .nested, origin: .fresh(epoch: 2, priorAttempts: 1),
      doubt: SendDoubt(since: Bench.start))
    var changed = machine
    #expect(changed.run([.begin, Self.no]).effect == .getParty(Self.key))
    let end = changed.handle(Bench.answer(.notFound), Bench.later(hours: 1)).effect
    guard case .giveUp(_, isAnswered: true) = end else {
      Issue.record("\(end)")
      return
    }
    var later = machine
    _ = later.run([.begin, Self.no])
    #expect(later.handle(Bench.answer(.notFound), Bench.later(hours: 2)).settlement?.outcome == .refused)
    var account = PartyMachine(
      record: 7, values: Self.owned, form: .nested, origin: .fresh(epoch: 2, priorAttempts: 1),
      doubt: SendDoubt(since: Bench.start))
    let no = Bench.answer(.refused(Bench.unprocessable))
    _ = account.run([.begin, no])
    #expect(account.handle(Bench.answer(.notFound), Bench.later(hours: 2)).effect == .getParty(Self.key))
    #expect(account.handle(Bench.answer(.notFound), Bench.later(hours: 2)).settlement?.outcome == .refused)
  }

  @Test func `rule 7: a no to a change of what a lost request may have made is held against the party`() {
    var machine = Self.begun(form: .nested)
    let there = Bench.answer(.found(Self.shows(-500)))
    _ = machine.run([Bench.lost, .due, Bench.answer(.conflict(Bench.problem)), there])
    #expect(machine.handle(Self.no, Bench.context).effect == .getParty(Self.key))
    #expect(machine.handle(there, Bench.context).settlement?.outcome == .created)
    var other = Self.begun(form: .nested)
    _ = other.run([Bench.lost, .due, Bench.answer(.conflict(Bench.problem)), Bench.answer(.found(Self.shows(9)))])
    let moved = other.run([Self.no, Bench.answer(.found(Self.shows(9)))]).settlement
    #expect(moved?.outcome == .conflict)
    #expect(moved?.field == "customer.balance")
    #expect(moved?.billID == "bcus_1")
    #expect(moved?.message?.contains(Bench.problem.description) == true)
  }

  @Test func `rule 4: a later key's no to a creation isn't the end while an earlier request may still make it`() {
    var machine = Self.begun(Self.owned, form: .nested)
    let absent = Bench.answer(.notFound)
    let owner = Bench.answer(.found(Self.shows(0)))
    let step = machine.run([Bench.lost, .due, Bench.answer(.conflict(Bench.problem)), absent, owner])
    #expect(step.sending == Sending(form: .accountUnder(customerID: "bcus_1"), epoch: 2, attempt: 1))
    let end = machine.run([Self.no, absent]).effect
    guard case .giveUp(_, isAnswered: true) = end else {
      Issue.record("\(end)")
      return
    }
    var intent = Self.intent(.accountUnder(customerID: "bcus_1"), epoch: 2, isAnswered: true)
    intent.doubt = machine.doubt
    var later = Self.machine(Self.owned, form: intent.form, origin: .resumed(intent, bodyIsSame: true))
    #expect(later.run([.begin, absent], Bench.later(hours: 1)).isGivingUp)
    later = Self.machine(Self.owned, form: intent.form, origin: .resumed(intent, bodyIsSame: true))
    #expect(later.run([.begin, absent], Bench.later(hours: 2)).sending?.epoch == 3)
    #expect(later.handle(Self.no, Bench.later(hours: 2)).settlement?.outcome == .refused)
  }

  @Test func `what another run made is changed all the same, since its balance may have moved`() {
    var machine = Self.begun(form: .nested)
    let step = machine.handle(Bench.answer(.accepted(Self.shows(-500)), replayed: true), Bench.context)
    #expect(step.sending == Sending(form: .change, epoch: 2, attempt: 1))
  }

  @Test func `a key that isn't accepted stops the run, and the row is taken back where nothing of it landed`() {
    var machine = Self.begun()
    #expect(
      machine.handle(Bench.answer(.unauthorised(Bench.problem)), Bench.context).effect
        == .stopRun(Bench.problem, withdrawing: RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1)))
    var doubtful = Self.begun()
    _ = doubtful.run([Bench.lost, .due])
    #expect(
      doubtful.handle(Bench.answer(.unauthorised(Bench.problem)), Bench.context).effect
        == .stopRun(Bench.problem, withdrawing: nil))
  }
}
