import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rule 7, where a definite no is not the end: from the store, or while an earlier request is in doubt.
@Suite struct RefusalTests {
  private static let no = Bench.answer(.refused(Bench.problem))
  private static let oldNo = Bench.answer(.refused(Bench.problem), replayed: true)
  private static let absent = Bench.answer(.notFound)
  private static let doubt = SendDoubt(since: Bench.start)
  private static let found = Bench.answer(.found(.bill(Bench.remote())))

  @Test func `rule 7: an old 4xx at the first attempt was said to another file's row, and the next epoch asks afresh`()
  {
    var machine = Bench.posting()
    #expect(machine.run([Self.oldNo, .due]).sending == Sending(form: .nested, epoch: 2, attempt: 1))
  }

  @Test func `rule 7: an old 4xx at a later attempt may have been said to another file's row too`() {
    var machine = Bench.posting()
    #expect(machine.run([Bench.lost, .due, Self.oldNo, .due]).sending?.epoch == 2)
    #expect(machine.run([Self.no, Self.absent]).settlement?.outcome == .refused)
  }

  @Test func `rule 7: an old 4xx after a process died between intent and sending refuses nothing`() {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: true))
    #expect(machine.run([.begin, Self.oldNo, .due]).sending?.epoch == 2)
    #expect(
      machine.handle(Bench.answer(.accepted(.bill(Bench.remote()))), Bench.context).settlement?.outcome == .created)
  }

  /// The first request stands still at the API with its parties made; the second epoch, by their ids, is refused.
  private static let refusedWhileUnderWay: [SubmissionEvent] = [
    Bench.lost, .due, Bench.answer(.conflict(Bench.problem)), absent, .due, Bench.answer(.conflict(Bench.problem)),
    absent,
    Bench.answer(.found(.account(Bench.account))), Bench.answer(.found(.customer(Bench.customer))), no,
  ]

  @Test func `rule 7: while an earlier request may still be carried out, a row is not refused but unknown`() {
    var machine = Bench.posting()
    #expect(machine.run(Self.refusedWhileUnderWay).effect == .getBill)
    guard case .giveUp(_, isAnswered: true) = machine.handle(Self.absent, Bench.context).effect else {
      Issue.record("not unknown, with its key answered")
      return
    }
  }

  @Test func `rule 7: a bill that an earlier request made is ours, whatever the later one was told`() {
    var machine = Bench.posting()
    let step = machine.run(Self.refusedWhileUnderWay + [Self.found])
    #expect(step.settlement?.outcome == .created)
  }

  @Test func `rule 4: a doubt about an earlier request ends after two hours: a row once refused is asked afresh`() {
    var machine = Bench.machine(origin: .resumed(Self.answered(Self.doubt), bodyIsSame: true))
    #expect(machine.run([.begin], Bench.later(hours: 1)).effect == .getBill)
    #expect(machine.handle(Self.absent, Bench.later(hours: 1)).isGivingUp)
    machine = Bench.machine(origin: .resumed(Self.answered(Self.doubt), bodyIsSame: true))
    let step = machine.run([.begin, Self.absent], Bench.later(hours: 2))
    #expect(step.sending == Sending(form: .account(id: "bacc_1"), epoch: 3, attempt: 1))
    #expect(machine.handle(Self.no, Bench.later(hours: 2)).settlement?.outcome == .refused)
  }

  @Test func `rule 4: a doubt ends by the server's clock where ours can't be trusted`() {
    let doubt = SendDoubt(since: Bench.start, sinceByServer: Bench.start.advanced(byMilliseconds: 9_000_000))
    func context(_ hours: Int64) -> SubmissionContext {
      SubmissionContext(
        now: Bench.start, clockIsTrusted: false,
        serverNow: doubt.sinceByServer?.advanced(byMilliseconds: hours * 3_600_000),
        jitter: 1)
    }
    var machine = Bench.machine(origin: .resumed(Self.answered(doubt), bodyIsSame: true))
    #expect(machine.run([.begin, Self.absent], context(1)).isGivingUp)
    machine = Bench.machine(origin: .resumed(Self.answered(doubt), bodyIsSame: true))
    #expect(machine.run([.begin, Self.absent], context(2)).sending?.epoch == 3)
    #expect(machine.doubt == nil)
  }

  @Test func `a doubt outlives a restart: a no under a resumed key is not the end`() {
    var intent = Self.answered(Self.doubt)
    intent.isAnswered = false
    var machine = Bench.machine(form: intent.form, origin: .resumed(intent, bodyIsSame: true))
    #expect(machine.run([.begin, Self.no], Bench.later(hours: 1)).effect == .getBill)
  }

  @Test func `rule 7: a no behind a request without an answer refuses nothing before the bill was asked for`() {
    var machine = Bench.posting()
    #expect(machine.run([Bench.lost, .due, Self.no]).effect == .getBill)
    #expect(machine.handle(Self.absent, Bench.context).settlement?.outcome == .refused)
    machine = Bench.posting()
    let parties = [
      Bench.answer(.found(.account(Bench.account))), Bench.answer(.found(.customer(Bench.customer))),
    ]
    #expect(machine.run([Bench.lost, .due, Self.no, Self.found] + parties).settlement?.outcome == .created)
  }

  @Test func `rule 7: a no from the store behind a lost request leaves the bill to be asked for at the next`() {
    var machine = Bench.posting()
    #expect(machine.run([Bench.lost, .due, Self.oldNo]).pause != nil)
    #expect(machine.withdrawal == nil)
    #expect(machine.handle(.due, Bench.context).sending?.epoch == 2)
    #expect(machine.doubt == nil && machine.withdrawalInsteadOfSending == nil)
    #expect(machine.handle(Self.no, Bench.context).effect == .getBill)
    var there = machine
    #expect(machine.handle(Self.absent, Bench.context).settlement?.outcome == .refused)
    let parties = [
      Bench.answer(.found(.account(Bench.account))), Bench.answer(.found(.customer(Bench.customer))),
    ]
    #expect(there.run([Self.found] + parties).settlement?.outcome == .created)
  }

  private static let neverLeft = SubmissionEvent.failure(.notSent(NotSentReason(.connectTimedOut)))

  @Test func `rule 7: a row isn't taken back whose bill a lost request of an earlier epoch may have made`() {
    var machine = Bench.posting()
    var step = machine.run([Bench.lost, .due, Self.oldNo, .due, Self.neverLeft])
    while step.pause != nil { step = machine.run([.due, Self.neverLeft]) }
    #expect(step.effect == .getBill)
    var there = machine
    let parties = [
      Bench.answer(.found(.account(Bench.account))), Bench.answer(.found(.customer(Bench.customer))),
    ]
    #expect(there.run([Self.found] + parties).settlement?.outcome == .created)
    #expect(machine.handle(Self.absent, Bench.context).isGivingUp)
    var refused = Bench.posting()
    step = refused.run([Self.oldNo, .due, Self.neverLeft])
    while step.pause != nil { step = refused.run([.due, Self.neverLeft]) }
    guard case .withdraw = step.effect else {
      Issue.record("not taken back, though nothing of it was carried out: \(step)")
      return
    }
  }

  @Test func `rule 12: a bill behind a 409 is ours where the key of an earlier epoch forgot what it did`() {
    var machine = Bench.posting(form: .account(id: "bacc_1"))
    let again = machine.run([Bench.lost, .due, Self.oldNo, .due])
    #expect(again.sending?.epoch == 2)
    let conflict = Bench.answer(.conflict(Bench.problem))
    let settlement = machine.run([conflict, Self.found]).settlement
    #expect(settlement?.outcome == .created)
    #expect(settlement?.message?.contains("taken for ours") == true)
    var stored = Bench.posting(form: .account(id: "bacc_1"))
    _ = stored.run([Bench.lost, .due, Self.oldNo, .due])
    let old = Bench.answer(.conflict(Bench.problem), replayed: true)
    #expect(stored.run([old, Self.found]).settlement?.outcome == .created)
  }

  @Test func `rule 7: a 422 to a nest behind a request without an answer looks for the bill, then for its parties`() {
    var machine = Bench.posting()
    #expect(machine.run([Bench.lost, .due, Bench.answer(.refused(Bench.unprocessable))]).effect == .getBill)
    #expect(machine.handle(Self.absent, Bench.context).effect == .getParty(PartyKey(.account, "A")))
    #expect(machine.run([Self.absent, Self.absent]).settlement?.outcome == .refused)
  }

  @Test func `rule 7: after a restart the bill is asked for too, before a no is the end`() {
    let intent = Bench.intent(epoch: 2, form: .account(id: "bacc_1"))
    var machine = Bench.machine(form: intent.form, origin: .resumed(intent, bodyIsSame: true))
    #expect(machine.run([.begin, Self.no]).effect == .getBill)
    #expect(machine.handle(Self.absent, Bench.context).settlement?.outcome == .refused)
  }

  @Test func `a request repeated late in its window is in doubt beyond it`() {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: true))
    #expect(machine.run([.begin, Self.absent], Bench.later(hours: 24)).sending?.epoch == 2)
    #expect(machine.doubt != nil)
    machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: true))
    #expect(machine.run([.begin, Self.absent, Self.no], Bench.later(hours: 25)).settlement?.outcome == .refused)
  }

  @Test func `rule 10: a 422 to a nest looks for its parties, and goes on by their ids`() {
    var machine = Bench.posting()
    let no = Bench.answer(.refused(Bench.unprocessable))
    #expect(machine.handle(no, Bench.context).effect == .getParty(PartyKey(.account, "A")))
    let step = machine.run([
      Bench.answer(.found(.account(Bench.account))), Bench.answer(.found(.customer(Bench.customer))),
    ])
    #expect(step.sending == Sending(form: .account(id: "bacc_1"), epoch: 2, attempt: 1))
    #expect(machine.handle(no, Bench.context).settlement?.outcome == .refused)
  }

  @Test func `rule 10: a 422 to a nest whose customer alone is there goes on under that customer`() {
    var machine = Bench.posting()
    let no = Bench.answer(.refused(Bench.unprocessable))
    let step = machine.run([no, Self.absent, Bench.answer(.found(.customer(Bench.customer)))])
    #expect(step.sending == Sending(form: .accountUnder(customerID: "bcus_1"), epoch: 2, attempt: 1))
    #expect(machine.run([no, Self.absent]).settlement?.outcome == .refused)
  }

  @Test func `rule 10: a 422 is final where no party is there, and an account of another customer is a conflict`() {
    var machine = Bench.posting()
    let no = Bench.answer(.refused(Bench.unprocessable))
    let settlement = machine.run([no, Self.absent, Self.absent]).settlement
    #expect(settlement?.outcome == .refused)
    #expect(settlement?.message == "HTTP 422: Unprocessable")
    var other = Bench.posting()
    let owner = Bench.answer(.found(.customer(RemoteCustomer(id: "bcus_2", reference: "C"))))
    let step = other.run([no, Bench.answer(.found(.account(Bench.account))), owner])
    #expect(step.settlement?.outcome == .conflict)
    #expect(step.learned.isEmpty)
  }

  private static func answered(_ doubt: SendDoubt) -> RowIntent {
    var intent = Bench.intent(epoch: 2, form: .account(id: "bacc_1"))
    (intent.doubt, intent.isAnswered) = (doubt, true)
    return intent
  }
}
