import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows that void bills: read first, and never one that is paid.
@Suite struct VoidMachineTests {
  private static func machine(_ origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0)) -> VoidMachine {
    VoidMachine(record: 7, bill: VoidedBill(reference: "B1"), origin: origin)
  }

  private static func shows(_ status: RemoteBill.Status) -> SubmissionEvent {
    Bench.answer(.found(.bill(Bench.remote(status: status))))
  }

  private static var unpaid: SubmissionEvent { shows(.unpaid) }

  private static var posting: VoidMachine {
    var machine = machine()
    _ = machine.run([.begin, shows(.unpaid)])
    return machine
  }

  private static var resumed: SubmissionOrigin {
    var intent = Bench.intent(form: .change)
    intent.claim = .change(of: .bill, setsBalance: false)
    return .resumed(intent, bodyIsSame: true)
  }

  @Test func `an unpaid bill is read and voided`() {
    var machine = Self.machine()
    #expect(machine.handle(.begin, Bench.context).effect == .getBill)
    #expect(machine.handle(Self.shows(.unpaid), Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 1))
    #expect(machine.handle(Self.voided, Bench.context).settlement?.outcome == .updated)
  }

  @Test func `one that is voided is left, one that is paid in part or whole too`() {
    var voided = Self.machine()
    #expect(voided.run([.begin, Self.shows(.voided)]).settlement?.outcome == .unchanged)
    var paid = Self.machine()
    let settlement = paid.run([.begin, Self.shows(.paid)]).settlement
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.attempts == 0)
    var absent = Self.machine()
    #expect(absent.run([.begin, Bench.answer(.notFound)]).settlement?.outcome == .refused)
  }

  @Test func `a lost request is repeated under its key, and after its window the bill tells`() {
    var machine = Self.posting
    _ = machine.handle(Bench.lost, Bench.context)
    #expect(machine.withdrawal == nil)
    #expect(machine.handle(.due, Bench.context).effect == .getBill)
    #expect(machine.handle(Self.unpaid, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    var late = Self.machine(Self.resumed)
    #expect(late.handle(.begin, Bench.later(hours: 23)).effect == .getBill)
    #expect(late.handle(Self.shows(.voided), Bench.later(hours: 23)).settlement?.outcome == .updated)
    var stands = Self.machine(Self.resumed)
    #expect(stands.run([.begin, Self.unpaid], Bench.later(hours: 23)).sending?.epoch == 2)
  }

  // MARK: No void without a look

  @Test(arguments: [Bench.lost, Bench.tooLate, .begin])
  func `rule 16: no void is repeated before the bill was read again, and one that is paid by then is left`(
    _ event: SubmissionEvent
  ) {
    var machine = event == .begin ? Self.machine(Self.resumed) : Self.posting
    #expect(machine.restsOnLook)
    var step = machine.handle(event, Bench.context)
    if step.pause != nil { step = machine.handle(.due, Bench.context) }
    #expect(step.effect == .getBill)
    var again = machine
    #expect(again.handle(Self.unpaid, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    let mayLand = event == Bench.lost || event == .begin
    var paid = machine
    let end = paid.handle(Self.shows(.paid), Bench.context)
    #expect(mayLand ? end.isGivingUp : end.settlement?.outcome == .conflict)
    #expect(machine.handle(Self.shows(.paid), Bench.later(hours: 2)).settlement?.outcome == .conflict)
  }

  private static let putOff = Bench.answer(.throttled(nil), retryAfter: 2_000)

  @Test func `rule 8: a void that a 429 puts off goes again by its look, and looks again once that is too old`() {
    var machine = Self.posting
    #expect(machine.handle(Self.putOff, Bench.context).pause == 2_000)
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    #expect(machine.restsOnLook)
    #expect(machine.handle(Bench.tooLate, Bench.context).effect == .getBill)
    #expect(machine.handle(Self.shows(.paid), Bench.context).settlement?.outcome == .conflict)
    var late = Self.posting
    _ = late.handle(Self.putOff, Bench.context)
    #expect(late.handle(.due, Bench.later(hours: 23)).effect == .getBill)
    #expect(late.handle(Self.unpaid, Bench.later(hours: 23)).sending?.epoch == 2)
    var stored = Self.posting
    _ = stored.handle(Bench.answer(.throttled(nil), replayed: true), Bench.context)
    #expect(stored.handle(.due, Bench.context).effect == .getBill)
  }

  @Test func `a void that was only put off is taken back while it looks again, and one that may have landed isn't`() {
    var machine = Self.posting
    _ = machine.run([Self.putOff, .due, Bench.tooLate])
    #expect(machine.withdrawal == RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1))
    var lost = Self.posting
    _ = lost.run([Bench.lost, .due])
    #expect(lost.withdrawal == nil)
    var first = Self.machine()
    _ = first.handle(.begin, Bench.context)
    #expect(first.withdrawal == nil)
  }

  @Test func `where nothing may be sent, of a bill that is paid by now it isn't said that the request can go again`() {
    for (status, words) in [(RemoteBill.Status.unpaid, "can be sent again"), (.paid, "is paid by now")] {
      var machine = VoidMachine(record: 7, bill: VoidedBill(reference: "B1"), origin: Self.resumed, looksOnly: true)
      guard case .giveUp(let reason, _) = machine.run([.begin, Self.shows(status)]).effect else {
        Issue.record("\(status)")
        continue
      }
      #expect(reason.contains(words))
    }
  }

  @Test func `rule 16: a void that is too late for its look counts as no try`() {
    var machine = Self.posting
    for _ in 0..<50 {
      #expect(machine.run([Bench.tooLate]).effect == .getBill)
      #expect(machine.run([Self.unpaid]).sending?.epoch == 1)
    }
    #expect(machine.run([Self.voided]).settlement?.attempts == 1)
  }

  @Test func `a void that was sent more than once may land as long as its key, and two hours more`() {
    var intent = Bench.intent(form: .change, attempts: 2)
    intent.claim = .change(of: .bill, setsBalance: false)
    for (hours, isOver) in [(2, false), (24, false), (25, true)] as [(Int64, Bool)] {
      var machine = Self.machine(.resumed(intent, bodyIsSame: true))
      let step = machine.run([.begin, Self.shows(.paid)], Bench.later(hours: hours))
      #expect(isOver ? step.settlement?.outcome == .conflict : step.isGivingUp)
    }
  }

  @Test func `a 409 is settled by the bill`() {
    var machine = Self.posting
    #expect(machine.handle(Bench.answer(.conflict(Bench.problem)), Bench.context).effect == .getBill)
    #expect(machine.handle(Self.shows(.voided), Bench.context).settlement?.outcome == .unchanged)
  }

  private static let underWay = Bench.answer(.conflict(Bench.problem))
  private static let voided = Bench.answer(.accepted(.bill(Bench.remote(status: .voided))))
  private static let done = Bench.answer(.accepted(.bill(Bench.remote(status: .voided))), replayed: true)

  @Test func `rule 12: whose a void is behind a 409, its key is asked`() {
    var machine = Self.posting
    #expect(machine.run([Bench.lost, .due, Self.unpaid, Self.underWay]).effect == .getBill)
    #expect(machine.handle(Self.shows(.voided), Bench.context).pause != nil)
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 3))
    var ours = machine
    #expect(ours.handle(Self.done, Bench.context).settlement?.outcome == .updated)
    let stored = Bench.answer(.conflict(Bench.problem), replayed: true)
    #expect(machine.run([stored, Self.shows(.voided)]).settlement?.outcome == .unchanged)
    var resumed = Self.machine(Self.resumed)
    #expect(resumed.run([.begin, Self.unpaid, stored, Self.shows(.voided)]).settlement?.outcome == .unchanged)
    var later = Self.machine(.resumed(Bench.intent(epoch: 2, form: .change), bodyIsSame: true))
    #expect(later.run([.begin, Self.unpaid, stored, Self.shows(.voided)]).settlement?.outcome == .updated)
  }

  @Test func `a payment that came before the repeat keeps the bill`() {
    var machine = Self.posting
    _ = machine.run([Bench.lost, .due, Self.unpaid, Bench.answer(.conflict(Bench.problem))])
    var later = machine
    #expect(machine.handle(Self.shows(.paid), Bench.context).isGivingUp)
    #expect(later.handle(Self.shows(.paid), Bench.later(hours: 2)).settlement?.outcome == .conflict)
  }

  // MARK: A definite no behind a request without an answer

  private static let no = Bench.answer(.refused(Bench.problem))

  @Test func `rule 7: a no to a void behind a request without an answer refuses nothing before the bill was read`() {
    var machine = Self.posting
    #expect(machine.run([Bench.lost, .due, Self.unpaid, Self.no]).effect == .getBill)
    #expect(machine.handle(Self.shows(.voided), Bench.context).settlement?.outcome == .updated)
    var stands = Self.posting
    let settlement = stands.run([Bench.lost, .due, Self.unpaid, Self.no, Self.shows(.unpaid)]).settlement
    #expect(settlement?.outcome == .refused && settlement?.message == Bench.problem.description)
    var gone = Self.posting
    #expect(gone.run([Bench.lost, .due, Self.unpaid, Bench.answer(.notFound)]).effect == .getBill)
    #expect(gone.handle(Bench.answer(.notFound), Bench.context).settlement?.outcome == .refused)
  }

  @Test func `rule 7: a no to a void from the store is none, and the next key's is held against the bill too`() {
    var machine = Self.posting
    let stored = Bench.answer(.refused(Bench.problem), replayed: true)
    #expect(machine.run([Bench.lost, .due, Self.unpaid, stored]).pause != nil)
    #expect(machine.withdrawal == nil)
    #expect(machine.run([.due, Self.unpaid, Self.no]).effect == .getBill)
    #expect(machine.handle(Self.shows(.voided), Bench.context).settlement?.outcome == .updated)
  }

  @Test func `rule 4: a later key's no to a void isn't the end while an earlier request may still be carried out`() {
    var machine = Self.posting
    let step = machine.run([Bench.lost, .due, Self.unpaid, Self.underWay, Self.unpaid, .due, Self.unpaid])
    #expect(step.sending?.epoch == 2)
    let end = machine.run([Self.no, Self.shows(.unpaid)]).effect
    guard case .giveUp(_, isAnswered: true) = end else {
      Issue.record("\(end)")
      return
    }
    var intent = Bench.intent(epoch: 2, form: .change)
    (intent.doubt, intent.isAnswered) = (machine.doubt, true)
    var later = Self.machine(.resumed(intent, bodyIsSame: true))
    #expect(later.handle(.begin, Bench.later(hours: 1)).effect == .getBill)
    #expect(later.handle(Self.shows(.unpaid), Bench.later(hours: 1)).isGivingUp)
    later = Self.machine(.resumed(intent, bodyIsSame: true))
    #expect(later.run([.begin, Self.shows(.unpaid)], Bench.later(hours: 2)).sending?.epoch == 3)
    #expect(later.run([Self.no, Self.shows(.unpaid)], Bench.later(hours: 2)).settlement?.outcome == .refused)
  }

  // MARK: Bills that were corrected

  private static let corrected = VoidedBill(reference: "B1", series: .standard)

  private static func following(_ corrections: Int = 0, endsBeforeAnother: Bool = false) -> VoidMachine {
    VoidMachine(
      record: 7, bill: corrected, origin: .fresh(epoch: 1, priorAttempts: 0),
      history: SeriesHistory(corrections: corrections, endsBeforeAnother: endsBeforeAnother))
  }

  @Test func `where the bill was corrected, what stands in its place is voided`() {
    var machine = Self.following(1)
    _ = machine.run([.begin, Self.shows(.voided)])
    #expect(machine.askedBill == "B1-R1")
    #expect(machine.handle(Self.shows(.unpaid), Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 1))
    #expect(machine.sent == .void(VoidedBill(reference: "B1-R1")))
    #expect(machine.terms?.text == "void voids B1-R1")
    let done = Bench.answer(.accepted(.bill(Bench.remote(status: .voided))))
    let settlement = machine.handle(done, Bench.context).settlement
    #expect(settlement?.outcome == .updated && settlement?.reference == "B1")
    #expect(settlement?.message == "it was corrected before: B1-R1, which stood in its place, is voided")
  }

  @Test func `where the series has branched, what stands at its end is voided, and the row goes on with that`() {
    let history = SeriesHistory(corrections: 1, branch: ["B1-R1-R1"])
    var machine = VoidMachine(
      record: 7, bill: Self.corrected, origin: .fresh(epoch: 1, priorAttempts: 0), history: history)
    _ = machine.run([.begin, Self.shows(.voided), Self.shows(.voided)])
    #expect(machine.askedBill == "B1-R1-R1")
    var ended = machine
    #expect(machine.handle(Self.unpaid, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 1))
    #expect(machine.sent == .void(VoidedBill(reference: "B1-R1-R1")))
    #expect(machine.terms?.text == "void voids B1-R1-R1")
    var intent = Bench.intent(epoch: 1, form: .change)
    (intent.claim, intent.terms) = (.change(of: .bill, setsBalance: false), machine.terms)
    var resumed = VoidMachine(record: 7, bill: Self.corrected, origin: .resumed(intent, bodyIsSame: true))
    #expect(resumed.handle(.begin, Bench.context).effect == .getBill && resumed.askedBill == "B1-R1-R1")
    #expect(resumed.sent == machine.sent && resumed.terms == machine.terms)
    _ = ended.handle(Self.shows(.voided), Bench.context)
    #expect(ended.askedBill == "B1-R1-R2")
    let settlement = ended.handle(Bench.answer(.notFound), Bench.context).settlement
    #expect(settlement?.outcome == .unchanged && settlement?.message?.contains("B1-R1-R1, which is voided too") == true)
  }

  @Test func `where it was voided while ours was put off, what stands in its place is voided under the next key`() {
    var machine = Self.following(1)
    _ = machine.run([.begin, Self.unpaid, Self.putOff, .due, Bench.tooLate])
    #expect(machine.handle(Self.shows(.voided), Bench.context).effect == .getBill)
    #expect(machine.askedBill == "B1-R1")
    #expect(machine.handle(Self.unpaid, Bench.context).sending == Sending(form: .change, epoch: 2, attempt: 1))
    #expect(machine.handle(Self.voided, Bench.context).settlement?.outcome == .updated)
  }

  @Test func `rule 6: a void that the API marks as replayed at its first attempt is another row's`() {
    var alone = Self.posting
    #expect(alone.handle(Self.done, Bench.context).effect == .getBill)
    #expect(alone.handle(Self.shows(.voided), Bench.context).settlement?.outcome == .unchanged)
    var putOff = Self.posting
    #expect(putOff.run([Self.putOff, .due, Self.done]).effect == .getBill)
    var lost = Self.posting
    #expect(lost.run([Bench.lost, .due, Self.unpaid, Self.done]).settlement?.outcome == .updated)
    // What stands in its place is the one that goes.
    var corrected = Self.following(1)
    _ = corrected.run([.begin, Self.unpaid, Self.done, Self.shows(.voided)])
    #expect(corrected.askedBill == "B1-R1")
    #expect(corrected.run([Self.unpaid]).sending == Sending(form: .change, epoch: 2, attempt: 1))
  }

  @Test func `one that was voided without a correction is unchanged, and a paid correction is left`() {
    var alone = Self.following()
    #expect(alone.run([.begin, Self.shows(.voided), Bench.answer(.notFound)]).settlement?.outcome == .unchanged)
    var paid = Self.following(1)
    let settlement = paid.run([.begin, Self.shows(.voided), Self.shows(.paid)]).settlement
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.message?.hasPrefix("B1-R1, which stands in its place, is paid") == true)
  }

  @Test func `rule 16: a bill that is only called as if it had taken the place is not voided`() {
    func end(_ machine: VoidMachine, _ next: RemoteBill...) -> RowSettlement? {
      var machine = machine
      return machine.run([.begin, Self.shows(.voided)] + next.map { Bench.answer(.found(.bill($0))) }).settlement
    }
    var dollars = Bench.remote()
    dollars.currency = CurrencyCode("USD")
    let others = [Bench.remote(customerID: "bcus_2"), Bench.remote(accountID: "bacc_2"), Bench.remote(accountID: nil)]
    for other in others + [dollars] {
      let settlement = end(Self.following(1), other)
      #expect(settlement?.outcome == .unchanged)
      #expect(settlement?.message == "B1-R1 is another bill, and is left as it is")
    }
    #expect(end(Self.following(endsBeforeAnother: true), Bench.remote())?.outcome == .unchanged)
    let unknown = end(Self.following(), Bench.remote())
    #expect(unknown?.outcome == .conflict && unknown?.field == "external_reference")
    let behind = end(Self.following(), Bench.remote(status: .voided), Bench.remote())
    #expect(behind?.outcome == .conflict && behind?.message?.hasPrefix("B1-R1 is voided") == true)
    let last = end(Self.following(1, endsBeforeAnother: true), Bench.remote(status: .voided), Bench.remote())
    #expect(last?.outcome == .unchanged)
    #expect(
      last?.message == "it was corrected before, and so was B1-R1, which is voided too; "
        + "B1-R2 is another bill, and is left as it is")
  }

  @Test func `a dead process's void of a correction is repeated on that, and on no later one`() {
    var intent = Bench.intent(form: .change)
    intent.claim = .change(of: .bill, setsBalance: false)
    intent.terms = RowTerms(text: "void voids B1-R1")
    var machine = VoidMachine(record: 7, bill: Self.corrected, origin: .resumed(intent, bodyIsSame: true))
    #expect(machine.handle(.begin, Bench.context).effect == .getBill)
    #expect(machine.askedBill == "B1-R1")
    #expect(machine.handle(Self.unpaid, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    #expect(machine.sent == .void(VoidedBill(reference: "B1-R1")))
    _ = machine.run([Self.underWay, Self.shows(.voided), .due])
    #expect(machine.handle(Self.done, Bench.context).settlement?.outcome == .updated)
  }
}
